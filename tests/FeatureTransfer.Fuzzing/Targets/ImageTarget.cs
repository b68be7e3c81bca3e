using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>Images: the format by its first bytes, the size by the header, and the pixels by libvips, which is native and not instrumented.</summary>
internal sealed class ImageTarget : IFuzzTarget
{
    private const long MostPixels = 1 << 20;
    private static readonly ImagePreprocessing _preprocessing = new() { Width = 16, Height = 16 };

    public string Name => "image";

    public void Read(byte[] input)
    {
        ImageHeader.CheckPixels(input, MostPixels, "input.png");
        ImageDecoder.Decode(input, _preprocessing, new byte[_preprocessing.TensorLength], "input.png");
    }
}
