namespace Microsoft.ML;

/// <summary>Groups without labels.</summary>
public sealed partial class ClusteringCatalog : TrainCatalogBase
{
    internal ClusteringCatalog(MLContext context)
        : base(context)
    {
        Trainers = new ClusteringTrainers(this);
    }

    public ClusteringTrainers Trainers { get; }

    /// <summary>The trainers, as extension methods.</summary>
    public sealed class ClusteringTrainers : CatalogInstantiatorBase
    {
        internal ClusteringTrainers(TrainCatalogBase owner)
            : base(owner)
        {
        }
    }
}
