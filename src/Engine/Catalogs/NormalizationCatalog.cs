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

    public static NormalizingEstimator NormalizeBinning(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        long maximumExampleCount = 1000000000,
        bool fixZero = true,
        int maximumBinCount = 1024) =>
        new([(outputColumnName, inputColumnName ?? outputColumnName)], new BinningOptions(maximumExampleCount, fixZero, maximumBinCount));

    public static NormalizingEstimator NormalizeBinning(
        this TransformsCatalog catalog,
        InputOutputColumnPair[] columns,
        long maximumExampleCount = 1000000000,
        bool fixZero = true,
        int maximumBinCount = 1024) =>
        new(InputOutputColumnPair.Pairs(columns), new BinningOptions(maximumExampleCount, fixZero, maximumBinCount));

    public static NormalizingEstimator NormalizeSupervisedBinning(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        string labelColumnName = "Label",
        long maximumExampleCount = 1000000000,
        bool fixZero = true,
        int maximumBinCount = 1024,
        int mininimumExamplesPerBin = 10) =>
        new([(outputColumnName, inputColumnName ?? outputColumnName)], new SupervisedBinningOptions(maximumExampleCount, labelColumnName, fixZero, maximumBinCount, mininimumExamplesPerBin));

    public static NormalizingEstimator NormalizeSupervisedBinning(
        this TransformsCatalog catalog,
        InputOutputColumnPair[] columns,
        string labelColumnName = "Label",
        long maximumExampleCount = 1000000000,
        bool fixZero = true,
        int maximumBinCount = 1024,
        int mininimumExamplesPerBin = 10) =>
        new(InputOutputColumnPair.Pairs(columns), new SupervisedBinningOptions(maximumExampleCount, labelColumnName, fixZero, maximumBinCount, mininimumExamplesPerBin));

    public static NormalizingEstimator NormalizeRobustScaling(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        long maximumExampleCount = 1000000000,
        bool centerData = true,
        uint quantileMin = 25,
        uint quantileMax = 75) =>
        new([(outputColumnName, inputColumnName ?? outputColumnName)], new RobustScalingOptions(maximumExampleCount, centerData, quantileMin, quantileMax));

    public static NormalizingEstimator NormalizeRobustScaling(
        this TransformsCatalog catalog,
        InputOutputColumnPair[] columns,
        long maximumExampleCount = 1000000000,
        bool centerData = true,
        uint quantileMin = 25,
        uint quantileMax = 75) =>
        new(InputOutputColumnPair.Pairs(columns), new RobustScalingOptions(maximumExampleCount, centerData, quantileMin, quantileMax));

    public static NormalizingEstimator NormalizeLogMeanVariance(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        long maximumExampleCount = 1000000000,
        bool useCdf = true) =>
        new([(outputColumnName, inputColumnName ?? outputColumnName)], new MeanVarianceOptions(maximumExampleCount, FixZero: false, useCdf, UseLog: true));

    public static NormalizingEstimator NormalizeLogMeanVariance(
        this TransformsCatalog catalog,
        InputOutputColumnPair[] columns,
        long maximumExampleCount = 1000000000,
        bool useCdf = true) =>
        new(InputOutputColumnPair.Pairs(columns), new MeanVarianceOptions(maximumExampleCount, FixZero: false, useCdf, UseLog: true));

    public static NormalizingEstimator NormalizeLogMeanVariance(
        this TransformsCatalog catalog,
        string outputColumnName,
        bool fixZero,
        string? inputColumnName = null,
        long maximumExampleCount = 1000000000,
        bool useCdf = true) =>
        new([(outputColumnName, inputColumnName ?? outputColumnName)], new MeanVarianceOptions(maximumExampleCount, fixZero, useCdf, UseLog: true));

    public static NormalizingEstimator NormalizeLogMeanVariance(
        this TransformsCatalog catalog,
        InputOutputColumnPair[] columns,
        bool fixZero,
        long maximumExampleCount = 1000000000,
        bool useCdf = true) =>
        new(InputOutputColumnPair.Pairs(columns), new MeanVarianceOptions(maximumExampleCount, fixZero, useCdf, UseLog: true));

    public static LpNormNormalizingEstimator NormalizeLpNorm(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        LpNormNormalizingEstimatorBase.NormFunction norm = LpNormNormalizingEstimatorBase.NormFunction.L2,
        bool ensureZeroMean = false)
    {
        Check.Name(outputColumnName);
        return new([(outputColumnName, inputColumnName ?? outputColumnName)], norm, ensureZeroMean);
    }

    public static GlobalContrastNormalizingEstimator NormalizeGlobalContrast(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        bool ensureZeroMean = true,
        bool ensureUnitStandardDeviation = false,
        float scale = 1)
    {
        Check.Name(outputColumnName);
        return new([(outputColumnName, inputColumnName ?? outputColumnName)], ensureZeroMean, ensureUnitStandardDeviation, scale);
    }
}
