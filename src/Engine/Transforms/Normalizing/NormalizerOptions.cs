using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Which normalizer to fit, and how.</summary>
internal abstract record NormalizerOptions(long MaximumExampleCount)
{
    /// <summary>The label that the fit looks at, where it does.</summary>
    public virtual string? LabelColumnName => null;

    public NormalizerFitter CreateFitter(DataViewType type, LabelReader? labels)
    {
        int slots = (type as VectorDataViewType)?.Size ?? 1;
        bool isVector = type is VectorDataViewType;
        return type.ItemType().RawType == typeof(float) ? Fitter<float>(slots, isVector, labels) : Fitter<double>(slots, isVector, labels);
    }

    protected abstract NormalizerFitter Fitter<T>(int slots, bool isVector, LabelReader? labels)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>By the range.</summary>
internal sealed record MinMaxOptions(long MaximumExampleCount, bool FixZero) : NormalizerOptions(MaximumExampleCount)
{
    protected override NormalizerFitter Fitter<T>(int slots, bool isVector, LabelReader? labels) =>
        new StatisticsFitter<T>(slots, isVector, (s, v) => AffineRules.MinMax<T>(s, v, FixZero));
}

/// <summary>By mean and spread, of the values or of their logarithms.</summary>
internal sealed record MeanVarianceOptions(long MaximumExampleCount, bool FixZero, bool UseCdf, bool UseLog = false)
    : NormalizerOptions(MaximumExampleCount)
{
    protected override NormalizerFitter Fitter<T>(int slots, bool isVector, LabelReader? labels) => new StatisticsFitter<T>(
        slots, isVector, (s, v) => UseCdf ? AffineRules.Cdf<T>(s, v, UseLog) : AffineRules.MeanVariance<T>(s, v, FixZero), UseLog);
}

/// <summary>By bins of equal density.</summary>
internal sealed record BinningOptions(long MaximumExampleCount, bool FixZero, int MaximumBinCount) : NormalizerOptions(MaximumExampleCount)
{
    protected override NormalizerFitter Fitter<T>(int slots, bool isVector, LabelReader? labels) =>
        new BinFitter<T>(slots, isVector, FixZero, MaximumBinCount);
}

/// <summary>By bins that tell the labels apart.</summary>
internal sealed record SupervisedBinningOptions(long MaximumExampleCount, string Label, bool FixZero, int MaximumBinCount, int MinimumExamplesPerBin)
    : NormalizerOptions(MaximumExampleCount)
{
    public override string? LabelColumnName => Label;

    protected override NormalizerFitter Fitter<T>(int slots, bool isVector, LabelReader? labels) =>
        new LabelBinFitter<T>(slots, isVector, FixZero, MaximumBinCount, MinimumExamplesPerBin, labels!);
}

/// <summary>By median and quantiles.</summary>
internal sealed record RobustScalingOptions(long MaximumExampleCount, bool CenterData, uint QuantileMin, uint QuantileMax)
    : NormalizerOptions(MaximumExampleCount)
{
    protected override NormalizerFitter Fitter<T>(int slots, bool isVector, LabelReader? labels) =>
        new RobustFitter<T>(slots, isVector, CenterData, QuantileMin, QuantileMax);
}
