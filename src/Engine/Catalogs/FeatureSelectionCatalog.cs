using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Transforms that keep the features that matter.</summary>
public static class FeatureSelectionCatalog
{
    public static CountFeatureSelectingEstimator SelectFeaturesBasedOnCount(
        this TransformsCatalog.FeatureSelectionTransforms catalog, string outputColumnName, string? inputColumnName = null, long count = 1)
    {
        Check.Name(outputColumnName);
        return new([(outputColumnName, inputColumnName ?? outputColumnName)], count);
    }

    public static CountFeatureSelectingEstimator SelectFeaturesBasedOnCount(
        this TransformsCatalog.FeatureSelectionTransforms catalog, InputOutputColumnPair[] columns, long count = 1) =>
        new(InputOutputColumnPair.Pairs(columns), count);

    public static MutualInformationFeatureSelectingEstimator SelectFeaturesBasedOnMutualInformation(
        this TransformsCatalog.FeatureSelectionTransforms catalog,
        string outputColumnName,
        string? inputColumnName = null,
        string labelColumnName = "Label",
        int slotsInOutput = 1000,
        int numberOfBins = 256)
    {
        Check.Name(outputColumnName);
        return new([(outputColumnName, inputColumnName ?? outputColumnName)], labelColumnName, slotsInOutput, numberOfBins);
    }

    public static MutualInformationFeatureSelectingEstimator SelectFeaturesBasedOnMutualInformation(
        this TransformsCatalog.FeatureSelectionTransforms catalog,
        InputOutputColumnPair[] columns,
        string labelColumnName = "Label",
        int slotsInOutput = 1000,
        int numberOfBins = 256) =>
        new(InputOutputColumnPair.Pairs(columns), labelColumnName, slotsInOutput, numberOfBins);
}
