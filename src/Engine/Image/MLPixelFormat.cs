namespace Microsoft.ML.Data;

/// <summary>The order of the four bytes of a pixel.</summary>
public enum MLPixelFormat
{
    Unknown = 0,
    Bgra32 = 1,
    Rgba32 = 2,
}
