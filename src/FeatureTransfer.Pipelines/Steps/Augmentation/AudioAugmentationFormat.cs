using FeatureTransfer.Inputs.Audio;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The table of changes to recordings in JSON.</summary>
internal static class AudioAugmentationFormat
{
    private static readonly NumberFormat _share = new(0, 1);
    private static readonly NumberFormat _decibels = new(-20, 120);

    public static ListFormat<AudioOperation> List { get; } = new(new UnionFormat<AudioOperation>("change of recordings",
    [
        Kind("White noise below the recording's own level", new OptionSet<Noise>(() => new Noise())
            .Add("minSignalToNoise", _decibels, s => s.MinSignalToNoise, (s, v) => s with { MinSignalToNoise = v }, "The least ratio of signal to noise, in dB")
            .Add("maxSignalToNoise", _decibels, s => s.MaxSignalToNoise, (s, v) => s with { MaxSignalToNoise = v }, "The largest ratio of signal to noise, in dB")
            .Add("probability", _share, s => s.Probability, (s, v) => s with { Probability = v }, "How often")),
        Kind("Louder or softer by a random factor", new OptionSet<Gain>(() => new Gain())
            .Add("decibels", new NumberFormat(0, 60), s => s.Decibels, (s, v) => s with { Decibels = v }, "The largest change to either side, in dB")
            .Add("probability", _share, s => s.Probability, (s, v) => s with { Probability = v }, "How often")),
        Kind("Earlier or later by a random time, with silence where nothing is left", new OptionSet<Shift>(() => new Shift())
            .Add("share", _share, s => s.Share, (s, v) => s with { Share = v }, "The largest move to either side, as a share of the window")
            .Add("probability", _share, s => s.Probability, (s, v) => s with { Probability = v }, "How often")),
    ]));

    private static UnionCase<AudioOperation, T> Kind<T>(string summary, OptionSet<T> options)
        where T : AudioOperation => new(options.Create().Kind, summary, options);
}
