namespace FeatureTransfer.Onnx.Kernels;

/// <summary>A convolution along one axis.</summary>
/// <param name="Kernel">Elements of the window.</param>
/// <param name="Stride">From window to window.</param>
/// <param name="Dilation">From element to element of the window.</param>
/// <param name="Before">Padding before the input.</param>
/// <param name="After">Padding behind the input.</param>
internal readonly record struct AxisAttributes(int Kernel, int Stride, int Dilation, int Before, int After)
{
    /// <summary>An axis of one element.</summary>
    public static AxisAttributes None => new(1, 1, 1, 0, 0);

    /// <summary>Whole strides to the last element of the window.</summary>
    public int LastStep => Step(Kernel - 1);

    /// <summary>How many windows fit.</summary>
    public int Windows(int size) => ((size + Before + After - ((Kernel - 1) * Dilation) - 1) / Stride) + 1;

    /// <summary>Whole strides to an element of the window.</summary>
    public int Step(int tap) => tap * Dilation / Stride;

    /// <summary>What is left beyond whole strides.</summary>
    public int Phase(int tap) => tap * Dilation % Stride;
}
