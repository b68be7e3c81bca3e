using System.Globalization;
using LibVips;

namespace Microsoft.ML.Vision;

/// <summary>What a network wants of an image: size, and value = (pixel * scale - mean) / std a channel, pixel in 0 to 255.</summary>
internal sealed record ImageInput
{
    /// <summary>The network's input.</summary>
    public required string Name { get; init; }

    public required int Height { get; init; }

    public required int Width { get; init; }

    public ImageFit Fit { get; init; }

    /// <summary>The share of the resized image that a crop keeps, along each axis.</summary>
    public double CropFraction { get; init; } = 1;

    public VipsKernel Kernel { get; init; } = VipsKernel.Linear;

    /// <summary>Whether blue comes first.</summary>
    public bool IsBgr { get; init; }

    public float Scale { get; init; } = 1 / 255f;

    /// <summary>One value a channel, in the order of the tensor.</summary>
    public float[] Mean { get; init; } = [0, 0, 0];

    public float[] Std { get; init; } = [1, 1, 1];

    /// <summary>Whether the tensor is (height, width, channels).</summary>
    public bool IsChannelsLast { get; init; }

    /// <summary>The colour under transparent pixels and beside padded images, 0xRRGGBB.</summary>
    public int Background { get; init; } = 0xFFFFFF;

    public int Length => 3 * Height * Width;

    /// <summary>The shape of so many images.</summary>
    public long[] Shape(int rows) => IsChannelsLast ? [rows, Height, Width, 3] : [rows, 3, Height, Width];

    /// <summary>All that changes the tensor, as text.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Height}x{Width} {Fit} {CropFraction:R} {Kernel} {(IsBgr ? "bgr" : "rgb")} {Scale:R} {List(Mean)} {List(Std)} {(IsChannelsLast ? "nhwc" : "nchw")} {Background:X6}");

    public void Write(BinaryWriter writer)
    {
        writer.Write(Name);
        writer.Write(Height);
        writer.Write(Width);
        writer.Write((int)Fit);
        writer.Write(CropFraction);
        writer.Write((int)Kernel);
        writer.Write(IsBgr);
        writer.Write(Scale);
        writer.WriteArray(Mean);
        writer.WriteArray(Std);
        writer.Write(IsChannelsLast);
        writer.Write(Background);
    }

    public static ImageInput Read(BinaryReader reader) => new()
    {
        Name = reader.ReadString(),
        Height = reader.ReadInt32(),
        Width = reader.ReadInt32(),
        Fit = (ImageFit)reader.ReadInt32(),
        CropFraction = reader.ReadDouble(),
        Kernel = (VipsKernel)reader.ReadInt32(),
        IsBgr = reader.ReadBoolean(),
        Scale = reader.ReadSingle(),
        Mean = reader.ReadArray<float>(),
        Std = reader.ReadArray<float>(),
        IsChannelsLast = reader.ReadBoolean(),
        Background = reader.ReadInt32(),
    };

    private static string List(float[] values) => string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
