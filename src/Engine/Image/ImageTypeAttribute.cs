using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Marks an <see cref="MLImage"/> member of a row class, with its size.</summary>
[SuppressMessage("Performance", "CA1813", Justification = "Sealed as in ML.NET.")]
public sealed class ImageTypeAttribute : DataViewTypeAttribute
{
    private readonly int _height;
    private readonly int _width;

    public ImageTypeAttribute()
    {
    }

    public ImageTypeAttribute(int height, int width) => (_height, _width) = (height, width);

    public override bool Equals(DataViewTypeAttribute? other) => other is ImageTypeAttribute image && image._height == _height && image._width == _width;

    public override bool Equals(object? obj) => obj is DataViewTypeAttribute other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_height, _width);

    // Without a size ML.NET throws here; an image of unknown size is the sensible reading.
    public override void Register() => DataViewTypeManager.Register(
        _height == 0 && _width == 0 ? new ImageDataViewType() : new ImageDataViewType(_height, _width), typeof(MLImage), this);
}
