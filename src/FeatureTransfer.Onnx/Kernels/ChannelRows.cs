namespace FeatureTransfer.Onnx.Kernels;

/// <summary>One channel of every image of a batch.</summary>
/// <param name="first">The channel of the first image.</param>
/// <param name="images">How many images there are.</param>
/// <param name="spacing">Elements from the channel of an image to that of the next.</param>
/// <param name="size">Elements of the channel of one image.</param>
internal readonly unsafe struct ChannelRows(float* first, int images, long spacing, int size)
{
    /// <summary>How many images there are.</summary>
    public int Images => images;

    /// <summary>The channel of an image.</summary>
    public Span<float> this[int image] => new(first + (image * spacing), size);
}
