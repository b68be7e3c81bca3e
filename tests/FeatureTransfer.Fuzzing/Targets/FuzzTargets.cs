using FeatureTransfer.Inputs.Text;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>All readers of what comes from outside.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<IFuzzTarget> All { get; } =
    [
        new ZipTarget(),
        new TarTarget(),
        new TableTarget(),
        new RecordsTarget(),
        new PipelineTarget(),
        new CardTarget(),
        new OnnxTarget(),
        new AudioTarget("wav"),
        new AudioTarget("mp3"),
        new VorbisTarget(),
        new ImageTarget(),
        new ModelTarget(),
        new SegmentTarget(),
        new SegmentIndexTarget(),
        new TokenizerTarget(TokenizerKind.WordPiece, "vocab.txt"),
        new TokenizerTarget(TokenizerKind.SentencePiece, "spiece.model"),
        new TokenizerTarget(TokenizerKind.HuggingFace, "tokenizer.json"),
        new BytePairTarget(),
        new LayersModelTarget(),
        new GraphModelTarget(),
        new IndexTarget(),
        new CheckpointTarget(),
        new MetricsTarget(),
        new JournalTarget(),
        new RequestTarget("request-json", "application/json"),
        new RequestTarget("request-form", "multipart/form-data; boundary=b"),
    ];

    /// <summary>The target of a name, or null.</summary>
    public static IFuzzTarget? Find(string name) => All.FirstOrDefault(target => target.Name == name);

    /// <summary>Has a target read an input.</summary>
    /// <returns>Why the input was refused; null where it was taken.</returns>
    public static string? Feed(IFuzzTarget target, byte[] input)
    {
        try
        {
            target.Read(input);
            return null;
        }
        catch (FeatureTransferException refused)
        {
            return refused.Message;
        }
    }
}
