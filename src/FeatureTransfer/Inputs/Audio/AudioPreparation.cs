namespace FeatureTransfer.Inputs.Audio;

/// <summary>Recordings become windows of samples.</summary>
internal sealed class AudioPreparation(AudioPreprocessing preprocessing, string input) : WindowPreparation
{
    // Some minutes of speech.
    private const int Block = 1 << 22;
    private const int Run = 1 << 19;

    private readonly AudioPreprocessor _preprocessor = new(preprocessing);

    public override Modality Modality => Modality.Audio;

    public override string Fingerprint => preprocessing.Fingerprint;

    public override string Text => $"{preprocessing.Fingerprint}|{input}";

    public override GraphFeeds Feeds => new([input], null);

    public override int BlockLength => Block;

    public override int RunLength => Run;

    /// <summary>The samples of a window.</summary>
    public int WindowSamples => preprocessing.WindowSamples;

    /// <summary>The preparation of a <see cref="Text"/>.</summary>
    public static AudioPreparation Parse(string text)
    {
        var end = text.LastIndexOf('|');
        return new AudioPreparation(AudioPreprocessingText.Parse(text[..end]), text[(end + 1)..]);
    }

    public override IReadOnlyList<Window> Read(ReadOnlyMemory<byte> content, string name) =>
        [.. _preprocessor.Read(content, name).ToWindows().Select(samples => new SampleWindow(samples))];

    public override Window Sample() => new SampleWindow(new float[preprocessing.WindowSamples]);

    public override IReadOnlyList<NamedTensor> Batch(IReadOnlyList<Window> windows)
    {
        var samples = new float[windows.Count * preprocessing.WindowSamples];
        for (var i = 0; i < windows.Count; i++)
            ((SampleWindow)windows[i]).Samples.CopyTo(samples, i * preprocessing.WindowSamples);
        return [new NamedTensor(input, samples, [windows.Count, preprocessing.WindowSamples])];
    }

    private sealed record SampleWindow(float[] Samples) : Window(Samples.Length);
}
