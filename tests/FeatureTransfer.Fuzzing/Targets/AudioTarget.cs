using FeatureTransfer.Inputs.Audio;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>Recordings. The content tells the decoder, so that each format has a corpus of its own and one reader.</summary>
internal sealed class AudioTarget(string name) : IFuzzTarget
{
    private static readonly AudioPreprocessor _preprocessor = new(new AudioPreprocessing { SampleRate = 8000, WindowSamples = 256, MaxSeconds = 10 });

    public string Name => name;

    public void Read(byte[] input) => _preprocessor.Read(input, $"input.{name}").ToWindows();
}
