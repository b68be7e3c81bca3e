namespace Microsoft.ML;

/// <summary>A number.</summary>
public sealed partial class RegressionCatalog : TrainCatalogBase
{
    internal RegressionCatalog(MLContext context)
        : base(context)
    {
        Trainers = new RegressionTrainers(this);
    }

    public RegressionTrainers Trainers { get; }

    /// <summary>The trainers, as extension methods.</summary>
    public sealed class RegressionTrainers : CatalogInstantiatorBase
    {
        internal RegressionTrainers(TrainCatalogBase owner)
            : base(owner)
        {
        }
    }
}
