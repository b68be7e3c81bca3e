namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>How far apart the pixels of a product's input lie; a constant, so that the compiler writes it into the instructions.</summary>
internal interface ISpacing
{
    /// <summary>Floats from pixel to pixel.</summary>
    static abstract int Floats { get; }
}

/// <summary>Pixels in the <see cref="LaneLayout"/>.</summary>
internal readonly struct LaneSpacing : ISpacing
{
    public static int Floats => LaneLayout.Lanes;
}

/// <summary>Pixels of a plane, window by window with a stride of one.</summary>
internal readonly struct PixelSpacing : ISpacing
{
    public static int Floats => 1;
}

/// <summary>Every other pixel of a plane.</summary>
internal readonly struct OtherPixelSpacing : ISpacing
{
    public static int Floats => 2;
}
