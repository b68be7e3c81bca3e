using System.Buffers;

namespace FeatureTransfer.Inputs.Images;

/// <summary>Turns encoded images into float tensors by one preprocessing. Safe for use from many threads at once.</summary>
public sealed class ImagePreprocessor
{
    private readonly PixelScaler _scaler;

    /// <summary>Makes a preprocessor.</summary>
    /// <param name="preprocessing">What to make of an image.</param>
    /// <exception cref="ArgumentException">A setting of the preprocessing is out of range.</exception>
    public ImagePreprocessor(ImagePreprocessing preprocessing)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        preprocessing.Validate();
        Preprocessing = preprocessing;
        _scaler = new PixelScaler(preprocessing);
    }

    /// <summary>The preprocessing.</summary>
    public ImagePreprocessing Preprocessing { get; }

    /// <summary>Decodes one image and writes its tensor.</summary>
    /// <param name="encoded">The bytes of a JPEG, PNG, WebP, GIF or TIFF file, or of what else this libvips reads.</param>
    /// <param name="destination">Receives <see cref="ImagePreprocessing.TensorLength"/> floats: (3, height, width), or (height, width, 3).</param>
    /// <param name="name">What to call the image in an error; its path, say.</param>
    /// <exception cref="BadInputException">The bytes are empty, not an image, cut short, or of a format that this libvips cannot read.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void Read(ReadOnlyMemory<byte> encoded, Span<float> destination, string? name = null)
    {
        CheckLength(destination);
        var length = Preprocessing.TensorLength;
        var pixels = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            ImageDecoder.Decode(encoded, Preprocessing, pixels.AsSpan(0, length), name);
            _scaler.Scale(pixels.AsSpan(0, length), destination[..length]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pixels);
        }
    }

    /// <summary>Decodes one image file and writes its tensor.</summary>
    /// <param name="path">The file.</param>
    /// <param name="destination">Receives <see cref="ImagePreprocessing.TensorLength"/> floats: (3, height, width), or (height, width, 3).</param>
    /// <exception cref="BadInputException">The file is missing, unreadable, empty, not an image, cut short, or of a format that this libvips cannot read.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void ReadFile(string path, Span<float> destination)
    {
        CheckLength(destination);
        Read(ImageFile.ReadAllBytes(path), destination, path);
    }

    private void CheckLength(Span<float> destination)
    {
        if (destination.Length < Preprocessing.TensorLength)
            throw new ArgumentException($"The destination holds {destination.Length} floats, the preprocessing gives {Preprocessing.TensorLength}.", nameof(destination));
    }
}
