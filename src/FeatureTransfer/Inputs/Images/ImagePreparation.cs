namespace FeatureTransfer.Inputs.Images;

/// <summary>Images become pixels.</summary>
internal sealed class ImagePreparation(ImagePreprocessing preprocessing) : FixedPreparation
{
    private readonly ImagePreprocessor _preprocessor = new(preprocessing);

    /// <summary>How an image becomes pixels.</summary>
    public ImagePreprocessing Preprocessing => preprocessing;

    public override Modality Modality => Modality.Image;

    public override string Fingerprint => preprocessing.Fingerprint;

    public override string Text => preprocessing.Fingerprint;

    public override long[] RowShape => preprocessing.Layout == TensorLayout.Nchw ? [3, preprocessing.Height, preprocessing.Width] : [preprocessing.Height, preprocessing.Width, 3];

    public override void Read(ReadOnlyMemory<byte> content, Span<float> destination, string name) => _preprocessor.Read(content, destination, name);
}
