namespace Microsoft.ML;

/// <summary>One of two classes.</summary>
public sealed partial class BinaryClassificationCatalog : TrainCatalogBase
{
    internal BinaryClassificationCatalog(MLContext context)
        : base(context)
    {
        Trainers = new BinaryClassificationTrainers(this);
        Calibrators = new CalibratorsCatalog(this);
    }

    public BinaryClassificationTrainers Trainers { get; }

    public CalibratorsCatalog Calibrators { get; }

    /// <summary>The trainers, as extension methods.</summary>
    public sealed class BinaryClassificationTrainers : CatalogInstantiatorBase
    {
        internal BinaryClassificationTrainers(TrainCatalogBase owner)
            : base(owner)
        {
        }
    }

    /// <summary>Estimators that turn scores into probabilities.</summary>
    public sealed partial class CalibratorsCatalog : CatalogInstantiatorBase
    {
        internal CalibratorsCatalog(TrainCatalogBase owner)
            : base(owner)
        {
        }
    }
}
