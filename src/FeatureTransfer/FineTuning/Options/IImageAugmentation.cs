using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.FineTuning;

/// <summary>
/// Changes training images at random. It stands between the encoded image and the tensor, so that it may crop before anything is resized.
/// Implementations are safe to call from several threads, and the same seed gives the same tensor.
/// </summary>
public interface IImageAugmentation
{
    /// <summary>A stable text of every setting: a run is resumed with the same augmentation only.</summary>
    string Fingerprint { get; }

    /// <summary>Decodes one image, changes it and writes its tensor.</summary>
    /// <param name="encoded">The bytes of an image file.</param>
    /// <param name="preprocessing">How an image becomes a tensor.</param>
    /// <param name="seed">The seed of this image in this epoch.</param>
    /// <param name="destination">Receives <see cref="ImagePreprocessing.TensorLength"/> floats.</param>
    /// <param name="name">What to call the image in an error.</param>
    /// <exception cref="BadInputException">The image cannot be read.</exception>
    void Read(ReadOnlyMemory<byte> encoded, ImagePreprocessing preprocessing, ulong seed, Span<float> destination, string name);
}
