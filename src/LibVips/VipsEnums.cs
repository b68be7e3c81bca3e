namespace LibVips;

/// <summary>libvips's resize kernels.</summary>
public enum VipsKernel
{
    Nearest = 0,
    Linear = 1,
    Cubic = 2,
    Mitchell = 3,
    Lanczos2 = 4,
    Lanczos3 = 5,
}

/// <summary>libvips's types of one band of a pixel.</summary>
public enum VipsBandFormat
{
    UChar = 0,
    Char = 1,
    UShort = 2,
    Short = 3,
    UInt = 4,
    Int = 5,
    Float = 6,
    Complex = 7,
    Double = 8,
    DpComplex = 9,
}

/// <summary>libvips's readings of what the bands mean, as far as we name them.</summary>
public enum VipsInterpretation
{
    Multiband = 0,
    BlackWhite = 1,
    Cmyk = 15,
    Srgb = 22,
    Rgb16 = 25,
    Grey16 = 26,
}

/// <summary>How much of a broken file a loader puts up with.</summary>
public enum VipsFailOn
{
    None = 0,
    Truncated = 1,
    Error = 2,
    Warning = 3,
}
