using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Principal components.</summary>
public static partial class PcaCatalog
{
    public static PrincipalComponentAnalyzer ProjectToPrincipalComponents(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        string? exampleWeightColumnName = null,
        int rank = 20,
        int overSampling = 20,
        bool ensureZeroMean = true,
        int? seed = null)
    {
        Check.Name(outputColumnName);
        return new(catalog.Context, (outputColumnName, inputColumnName ?? outputColumnName), exampleWeightColumnName, rank, overSampling, ensureZeroMean, seed);
    }

    public static RandomizedPcaTrainer RandomizedPca(
        this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, RandomizedPcaTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(catalog.Context, options);
    }

    public static RandomizedPcaTrainer RandomizedPca(
        this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog,
        string featureColumnName = DefaultColumns.Features,
        string? exampleWeightColumnName = null,
        int rank = 20,
        int oversampling = 20,
        bool ensureZeroMean = true,
        int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Context, new()
        {
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            Rank = rank,
            Oversampling = oversampling,
            EnsureZeroMean = ensureZeroMean,
            Seed = seed,
        });
    }
}
