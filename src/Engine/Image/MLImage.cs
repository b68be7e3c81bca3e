namespace Microsoft.ML.Data;

/// <summary>An image in memory, 32 bits a pixel; colours are premultiplied by alpha.</summary>
public sealed class MLImage : IDisposable
{
    private readonly int _width;
    private readonly int _height;
    private readonly MLPixelFormat _format;
    private byte[]? _pixels;
    private string? _tag;

    internal MLImage(int width, int height, MLPixelFormat format, byte[] pixels) =>
        (_width, _height, _format, _pixels) = (width, height, format, pixels);

    public int BitsPerPixel => Of(32);

    public int Width => Of(_width);

    public int Height => Of(_height);

    public MLPixelFormat PixelFormat => Of(_format);

    public ReadOnlySpan<byte> Pixels => Bytes;

    /// <summary>The pixels as blue, green, red; alpha is dropped.</summary>
    public byte[] GetBGRPixels => MLImagePixels.ToBgr(Bytes, _format);

    /// <summary>Free for the user; <c>LoadImages</c> puts the path here.</summary>
    public string? Tag
    {
        get => Of(_tag);
        set
        {
            _ = Bytes;
            _tag = value;
        }
    }

    private byte[] Bytes => _pixels ?? throw new InvalidOperationException("Object is disposed: this image was used after Dispose.");

    public static MLImage CreateFromStream(Stream imageStream)
    {
        ArgumentNullException.ThrowIfNull(imageStream);
        using var bytes = new MemoryStream();
        imageStream.CopyTo(bytes);
        return MLImageCodec.Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), nameof(imageStream));
    }

    public static MLImage CreateFromFile(string imagePath)
    {
        ArgumentNullException.ThrowIfNull(imagePath);
        var image = MLImageCodec.Decode(File.ReadAllBytes(imagePath), nameof(imagePath), imagePath);
        image.Tag = imagePath;
        return image;
    }

    public static MLImage CreateFromPixels(int width, int height, MLPixelFormat pixelFormat, ReadOnlySpan<byte> imagePixelData)
    {
        if (pixelFormat is not (MLPixelFormat.Bgra32 or MLPixelFormat.Rgba32))
            throw new ArgumentException($"Unsupported pixel format {pixelFormat}: expected Bgra32 or Rgba32.", nameof(pixelFormat));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (imagePixelData.Length != 4L * width * height)
            throw new ArgumentException($"Invalid pixel data length {imagePixelData.Length}: {width} x {height} pixels take {4L * width * height} bytes.", nameof(imagePixelData));
        return new MLImage(width, height, pixelFormat, imagePixelData.ToArray());
    }

    /// <summary>Writes a file in the format of the extension, quality 100.</summary>
    public void Save(string imagePath)
    {
        ArgumentNullException.ThrowIfNull(imagePath);
        File.WriteAllBytes(imagePath, MLImageCodec.Encode(this, Path.GetExtension(imagePath)));
    }

    public void Dispose() => _pixels = null;

    private T Of<T>(T value)
    {
        _ = Bytes;
        return value;
    }
}
