namespace LibVips;

/// <summary>libvips's resize kernels.</summary>
public enum VipsKernel
{
    /// <summary>The nearest pixel.</summary>
    Nearest = 0,

    /// <summary>Linear interpolation.</summary>
    Linear = 1,

    /// <summary>Catmull-Rom cubic.</summary>
    Cubic = 2,

    /// <summary>Mitchell-Netravali cubic.</summary>
    Mitchell = 3,

    /// <summary>Lanczos with two lobes.</summary>
    Lanczos2 = 4,

    /// <summary>Lanczos with three lobes.</summary>
    Lanczos3 = 5,
}

/// <summary>libvips's types of one band of a pixel.</summary>
public enum VipsBandFormat
{
    /// <summary>Unsigned 8-bit integer.</summary>
    UChar = 0,

    /// <summary>Signed 8-bit integer.</summary>
    Char = 1,

    /// <summary>Unsigned 16-bit integer.</summary>
    UShort = 2,

    /// <summary>Signed 16-bit integer.</summary>
    Short = 3,

    /// <summary>Unsigned 32-bit integer.</summary>
    UInt = 4,

    /// <summary>Signed 32-bit integer.</summary>
    Int = 5,

    /// <summary>32-bit floating point.</summary>
    Float = 6,

    /// <summary>Two 32-bit floating points.</summary>
    Complex = 7,

    /// <summary>64-bit floating point.</summary>
    Double = 8,

    /// <summary>Two 64-bit floating points.</summary>
    DpComplex = 9,
}

/// <summary>libvips's readings of what the bands mean, as far as we name them.</summary>
public enum VipsInterpretation
{
    /// <summary>Bands without a meaning in common.</summary>
    Multiband = 0,

    /// <summary>Greyscale, 8 bits.</summary>
    BlackWhite = 1,

    /// <summary>Cyan, magenta, yellow, black.</summary>
    Cmyk = 15,

    /// <summary>Red, green, blue of sRGB, 8 bits.</summary>
    Srgb = 22,

    /// <summary>Red, green, blue, 16 bits.</summary>
    Rgb16 = 25,

    /// <summary>Greyscale, 16 bits.</summary>
    Grey16 = 26,
}

/// <summary>How much of a broken file a loader puts up with.</summary>
public enum VipsFailOn
{
    /// <summary>Never fail: take what can be read.</summary>
    None = 0,

    /// <summary>Fail where the file ends early.</summary>
    Truncated = 1,

    /// <summary>Fail on errors too.</summary>
    Error = 2,

    /// <summary>Fail on warnings too.</summary>
    Warning = 3,
}
