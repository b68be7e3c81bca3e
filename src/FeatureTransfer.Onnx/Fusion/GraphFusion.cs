using FeatureTransfer.Onnx.Kernels.Integers;
using FeatureTransfer.Onnx.Kernels.Lanes;

namespace FeatureTransfer.Onnx.Fusion;

/// <summary>Puts operators of our own into graphs that run on this machine's CPU.</summary>
internal static class GraphFusion
{
    // Goes up where the same model comes to another graph, or an operator of our own reads its node otherwise: kept graphs hold both.
    private const int Revision = 4;

    /// <summary>What this machine's graphs depend on: part of the name of whatever is kept of them. Empty where graphs stay as they are.</summary>
    public static string Key { get; } = LaneLayout.IsFast || IntegerLayout.IsFast
        ? string.Create(CultureInfo.InvariantCulture, $"{(LaneLayout.IsFast ? "lanes" : "")}{(IntegerLayout.IsFast ? "integers" : "")}{Revision}")
        : "";

    /// <summary>A model that computes the same up to rounding; null where nothing can be gained.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    public static OnnxModel? TryApply(OnnxModel model) => LaneFusion.TryApply(model) ?? IntegerFusion.TryApply(model);
}
