using FeatureTransfer.Inputs;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Studio.Learning;

/// <summary>The steps that learn from features: the same in the studio and in the pipeline that it exports, and those of <c>ft train</c>.</summary>
internal static class HeadSteps
{
    public static IReadOnlyList<PipelineStep> Of(Modality modality) =>
    [
        new MapValueToKeyStep { Output = DataSource.LabelColumn },
        new NormalizeMeanVarianceStep { Output = "Features", FixZero = false },
        new LbfgsMaximumEntropyStep { L1Regularization = 0, L2Regularization = modality == Modality.Text ? 30 : 10 },
    ];
}
