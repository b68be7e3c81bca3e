using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Transforms that bring values to a common scale.</summary>
public static partial class NormalizationCatalog
{
    public static NormalizingEstimator NormalizeMinMax(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        long maximumExampleCount = 1000000000,
        bool fixZero = true) =>
        new([(outputColumnName, inputColumnName ?? outputColumnName)], new MinMaxOptions(maximumExampleCount, fixZero));

    public static NormalizingEstimator NormalizeMinMax(
        this TransformsCatalog catalog, InputOutputColumnPair[] columns, long maximumExampleCount = 1000000000, bool fixZero = true) =>
        new(InputOutputColumnPair.Pairs(columns), new MinMaxOptions(maximumExampleCount, fixZero));

    public static NormalizingEstimator NormalizeMeanVariance(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        long maximumExampleCount = 1000000000,
        bool fixZero = true,
        bool useCdf = false) =>
        new([(outputColumnName, inputColumnName ?? outputColumnName)], new MeanVarianceOptions(maximumExampleCount, fixZero, useCdf));

    public static NormalizingEstimator NormalizeMeanVariance(
        this TransformsCatalog catalog,
        InputOutputColumnPair[] columns,
        long maximumExampleCount = 1000000000,
        bool fixZero = true,
        bool useCdf = false) =>
        new(InputOutputColumnPair.Pairs(columns), new MeanVarianceOptions(maximumExampleCount, fixZero, useCdf));
}
