namespace FeatureTransfer.Onnx.Gradients;

/// <summary>The gradients on their way back, summed over all uses of a tensor.</summary>
internal sealed class GradientFlow(BackwardEmitter emitter, IReadOnlySet<string> path)
{
    private readonly Dictionary<string, List<string>> _parts = new(StringComparer.Ordinal);

    /// <summary>Whether a tensor lies on the trainable path.</summary>
    public bool Needs(string tensor) => path.Contains(tensor);

    /// <summary>Adds what one use of a tensor contributes.</summary>
    public void Add(string tensor, string gradient)
    {
        if (!_parts.TryGetValue(tensor, out var parts))
            _parts[tensor] = parts = [];
        parts.Add(gradient);
        emitter.Tensors.NoteSameShape(gradient, tensor);
    }

    /// <summary>Multiplies the gradient of a tensor by a number; every use must have been visited.</summary>
    public void Multiply(string tensor, string factor)
    {
        if (Gradient(tensor) is { } gradient)
            _parts[tensor] = [emitter.Node("Mul", 1, tensor, [gradient, factor], [])[0]];
    }

    /// <summary>The gradient of a tensor, or null; every use must have been visited.</summary>
    public string? Gradient(string tensor)
    {
        if (!_parts.TryGetValue(tensor, out var parts))
            return null;
        if (parts.Count > 1)
            _parts[tensor] = parts = [emitter.Node(parts.Count == 2 ? "Add" : "Sum", 1, tensor, parts, [])[0]];
        return parts[0];
    }
}
