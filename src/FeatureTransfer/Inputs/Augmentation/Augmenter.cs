using System.Buffers;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>
/// Turns encoded images into float tensors by one preprocessing and changes them at random on the way. The seed alone decides how, so the same
/// call gives the same tensor on any thread. Safe for use from many threads at once.
/// </summary>
public sealed class Augmenter
{
    private readonly PixelScaler _scaler;
    private readonly RandomResizedCrop? _crop;
    private readonly RandomErasing? _erasing;

    /// <summary>Makes an augmenter.</summary>
    /// <param name="plan">What to change.</param>
    /// <param name="preprocessing">What to make of an image.</param>
    /// <exception cref="ArgumentException">A setting of the plan or of the preprocessing is out of range.</exception>
    public Augmenter(AugmentationPlan plan, ImagePreprocessing preprocessing)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(preprocessing);
        plan.Validate();
        preprocessing.Validate();
        (Plan, Preprocessing) = (plan, preprocessing);
        _scaler = new PixelScaler(preprocessing);
        _crop = plan.Operations.OfType<RandomResizedCrop>().FirstOrDefault();
        _erasing = plan.Operations.OfType<RandomErasing>().FirstOrDefault();
    }

    /// <summary>What is changed.</summary>
    public AugmentationPlan Plan { get; }

    /// <summary>What is made of an image.</summary>
    public ImagePreprocessing Preprocessing { get; }

    /// <summary>Decodes one image, changes it and writes its tensor.</summary>
    /// <param name="encoded">The bytes of an image file.</param>
    /// <param name="seed">What decides the changes, see <see cref="AugmentationSeed.Of"/>.</param>
    /// <param name="destination">Receives <see cref="ImagePreprocessing.TensorLength"/> floats: (3, height, width), or (height, width, 3).</param>
    /// <param name="name">What to call the image in an error; its path, say.</param>
    /// <exception cref="BadInputException">The bytes are empty, not an image, cut short, or of a format that this libvips cannot read.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void Read(ReadOnlyMemory<byte> encoded, ulong seed, Span<float> destination, string? name = null)
    {
        var length = Preprocessing.TensorLength;
        if (destination.Length < length)
            throw new ArgumentException($"The destination holds {destination.Length} floats, the preprocessing gives {length}.", nameof(destination));
        var pixels = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Decode(encoded, seed, pixels.AsSpan(0, length), name);
            Change(new PixelImage(pixels, Preprocessing), seed);
            _scaler.Scale(pixels.AsSpan(0, length), destination[..length]);
            _erasing?.Erase(destination[..length], Preprocessing, Numbers(seed, Plan.Operations.Count - 1));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pixels);
        }
    }

    private void Decode(ReadOnlyMemory<byte> encoded, ulong seed, Span<byte> pixels, string? name)
    {
        if (_crop is { } crop)
            ImageDecoder.Decode(encoded, Preprocessing, pixels, name, (width, height) => crop.Choose(Preprocessing, width, height, Numbers(seed, 0)));
        else
            ImageDecoder.Decode(encoded, Preprocessing, pixels, name);
    }

    private void Change(PixelImage image, ulong seed)
    {
        for (var i = 0; i < Plan.Operations.Count; i++)
            Plan.Operations[i].Apply(image, Numbers(seed, i));
    }

    // Each operation has numbers of its own, so that one more of them leaves those before it as they were.
    private static AugmentationRandom Numbers(ulong seed, int operation) => new(AugmentationSeed.Mix(seed, (ulong)operation + 1));
}
