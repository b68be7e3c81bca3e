using System.Buffers;

namespace FeatureTransfer.Inputs.Images;

/// <summary>Turns encoded images into float tensors by one recipe. Safe for use from many threads at once.</summary>
public sealed class ImagePreprocessor
{
    private readonly PixelScaler _scaler;

    /// <summary>Makes a preprocessor.</summary>
    /// <param name="recipe">What to make of an image.</param>
    /// <exception cref="ArgumentException">A setting of the recipe is out of range.</exception>
    public ImagePreprocessor(ImageRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        recipe.Validate();
        Recipe = recipe;
        _scaler = new PixelScaler(recipe);
    }

    /// <summary>The recipe.</summary>
    public ImageRecipe Recipe { get; }

    /// <summary>Decodes one image and writes its tensor.</summary>
    /// <param name="encoded">The bytes of a JPEG, PNG, WebP, GIF or TIFF file, or of what else this libvips reads.</param>
    /// <param name="destination">Receives <see cref="ImageRecipe.TensorLength"/> floats: (3, height, width), or (height, width, 3).</param>
    /// <param name="name">What to call the image in an error; its path, say.</param>
    /// <exception cref="BadInputException">The bytes are empty, not an image, cut short, or of a format that this libvips cannot read.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void Read(ReadOnlyMemory<byte> encoded, Span<float> destination, string? name = null)
    {
        CheckLength(destination);
        var length = Recipe.TensorLength;
        var pixels = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            ImageDecoder.Decode(encoded, Recipe, pixels.AsSpan(0, length), name);
            _scaler.Scale(pixels.AsSpan(0, length), destination[..length]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pixels);
        }
    }

    /// <summary>Decodes one image file and writes its tensor.</summary>
    /// <param name="path">The file.</param>
    /// <param name="destination">Receives <see cref="ImageRecipe.TensorLength"/> floats: (3, height, width), or (height, width, 3).</param>
    /// <exception cref="BadInputException">The file is missing, unreadable, empty, not an image, cut short, or of a format that this libvips cannot read.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void ReadFile(string path, Span<float> destination)
    {
        CheckLength(destination);
        Read(ImageFile.ReadAllBytes(path), destination, path);
    }

    private void CheckLength(Span<float> destination)
    {
        if (destination.Length < Recipe.TensorLength)
            throw new ArgumentException($"The destination holds {destination.Length} floats, the recipe gives {Recipe.TensorLength}.", nameof(destination));
    }
}
