namespace FeatureTransfer.Onnx;

/// <summary>The name and shape of a tensor; a dimension that is free is null.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Shape">Its sizes, outermost first; empty when the model does not say.</param>
public sealed record TensorInfo(string Name, IReadOnlyList<long?> Shape)
{
    /// <inheritdoc/>
    public override string ToString() => Shape.Count == 0 ? Name : $"{Name} ({string.Join(", ", Shape.Select(size => size?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"))})";
}
