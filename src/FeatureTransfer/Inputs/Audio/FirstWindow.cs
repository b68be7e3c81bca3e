namespace FeatureTransfer.Inputs.Audio;

/// <summary>The first window of each recording, for training: it keeps rows of one length.</summary>
internal sealed class FirstWindow(AudioPreparation audio) : FixedPreparation
{
    public override Modality Modality => Modality.Audio;

    public override string Fingerprint => $"first1|{audio.Fingerprint}";

    public override string Text => throw new NotSupportedException("First windows are for training alone.");

    public override long[] RowShape => [audio.WindowSamples];

    public override void Read(ReadOnlyMemory<byte> content, Span<float> destination, string name) =>
        ((float[])audio.Batch([audio.Read(content, name)[0]])[0].Values).CopyTo(destination);
}
