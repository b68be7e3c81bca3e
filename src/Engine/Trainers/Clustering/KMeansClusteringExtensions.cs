using Microsoft.ML.Trainers;

namespace Microsoft.ML;

/// <summary>K-means.</summary>
public static class KMeansClusteringExtensions
{
    public static KMeansTrainer KMeans(this ClusteringCatalog.ClusteringTrainers catalog, KMeansTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(catalog.Context, options);
    }

    public static KMeansTrainer KMeans(
        this ClusteringCatalog.ClusteringTrainers catalog,
        string featureColumnName = DefaultColumns.Features,
        string? exampleWeightColumnName = null,
        int numberOfClusters = 5)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Context, new()
        {
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            NumberOfClusters = numberOfClusters,
        });
    }
}
