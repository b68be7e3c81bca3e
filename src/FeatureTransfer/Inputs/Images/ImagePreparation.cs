namespace FeatureTransfer.Inputs.Images;

/// <summary>Images become pixels.</summary>
internal sealed class ImagePreparation : FixedPreparation
{
    private readonly ImagePreprocessor _preprocessor;

    public ImagePreparation(ImagePreprocessing preprocessing)
    {
        LibVips.LoadAhead();
        Preprocessing = preprocessing;
        _preprocessor = new ImagePreprocessor(preprocessing);
    }

    /// <summary>How an image becomes pixels.</summary>
    public ImagePreprocessing Preprocessing { get; }

    public override Modality Modality => Modality.Image;

    public override string Fingerprint => Preprocessing.Fingerprint;

    public override string Text => Preprocessing.Fingerprint;

    public override long[] RowShape => Preprocessing.Layout == TensorLayout.Nchw ? [3, Preprocessing.Height, Preprocessing.Width] : [Preprocessing.Height, Preprocessing.Width, 3];

    public override void Read(ReadOnlyMemory<byte> content, Span<float> destination, string name) => _preprocessor.Read(content, destination, name);
}
