using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Image;

/// <summary>The type of a column of images; a size of (0, 0) is unknown.</summary>
public sealed class ImageDataViewType : StructuredDataViewType
{
    public readonly int Height;
    public readonly int Width;

    public ImageDataViewType()
        : base(typeof(MLImage))
    {
    }

    public ImageDataViewType(int height, int width)
        : base(typeof(MLImage))
    {
        Check.Param(height > 0, nameof(height), "Must be positive.");
        Check.Param(width > 0, nameof(width), "Must be positive.");
        Check.Param((long)height * width <= int.MaxValue / 4, nameof(height), $"{nameof(height)} * {nameof(width)} is too large.");
        Height = height;
        Width = width;
    }

    internal bool IsKnownSize => Height > 0;

    public override bool Equals(DataViewType? other) => other is ImageDataViewType image && image.Height == Height && image.Width == Width;

    public override bool Equals(object? other) => other is DataViewType type && Equals(type);

    public override int GetHashCode() => HashCode.Combine(Height, Width);

    public override string ToString() =>
        IsKnownSize ? string.Create(CultureInfo.InvariantCulture, $"Image<{Height}, {Width}>") : "Image";

    internal static ImageDataViewType Read(BinaryReader reader)
    {
        var (height, width) = (reader.ReadInt32(), reader.ReadInt32());
        return height == 0 ? new ImageDataViewType() : new ImageDataViewType(height, width);
    }

    internal static void Write(BinaryWriter writer, DataViewType type)
    {
        var image = (ImageDataViewType)type;
        writer.Write(image.Height);
        writer.Write(image.Width);
    }
}
