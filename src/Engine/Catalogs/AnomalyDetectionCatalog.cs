namespace Microsoft.ML;

/// <summary>What is unlike the rest.</summary>
public sealed partial class AnomalyDetectionCatalog : TrainCatalogBase
{
    internal AnomalyDetectionCatalog(MLContext context)
        : base(context)
    {
        Trainers = new AnomalyDetectionTrainers(this);
    }

    public AnomalyDetectionTrainers Trainers { get; }

    /// <summary>The trainers, as extension methods.</summary>
    public sealed class AnomalyDetectionTrainers : CatalogInstantiatorBase
    {
        internal AnomalyDetectionTrainers(TrainCatalogBase owner)
            : base(owner)
        {
        }
    }
}
