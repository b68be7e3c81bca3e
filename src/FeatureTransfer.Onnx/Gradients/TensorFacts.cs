using DataType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Gradients;

/// <summary>
/// What is known of a tensor before the graph runs. Its shape is measured twice, with two sizes for everything that is free:
/// a size that stays the same is fixed, and two sizes that change alike are one.
/// </summary>
/// <param name="Type">The type of its elements.</param>
/// <param name="First">Its sizes for the first choice, null where unknown.</param>
/// <param name="Second">Its sizes for the second choice, null where unknown.</param>
internal sealed record TensorFacts(DataType Type, long[]? First, long[]? Second)
{
    /// <summary>The rank, or null.</summary>
    public int? Rank => First?.Length;

    /// <summary>The sizes, null for those that are free; null where even the rank is unknown.</summary>
    public long?[]? Shape => First is null || Second is null || First.Length != Second.Length
        ? null
        : [.. First.Zip(Second, (first, second) => first == second ? first : (long?)null)];

    /// <summary>The facts of a tensor whose shape is fixed.</summary>
    public static TensorFacts Fixed(DataType type, long[] shape) => new(type, shape, shape);
}
