using System.Numerics.Tensors;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>
/// An encoded recording to the samples of one channel at the wanted rate. What a header promises is never allocated: memory grows with what
/// was decoded, and ends at the longest duration allowed.
/// </summary>
internal static class AudioDecoder
{
    private const int MaxChannels = 64;
    private const int FramesAtOnce = 4096;

    // Full scale is 1. A recording in amplitudes of 16 bits that calls itself float is still read; anything beyond is garbage.
    private const float MaxMagnitude = 65536;

    /// <summary>Decodes, averages the channels and changes the rate.</summary>
    /// <exception cref="BadInputException">The recording cannot be used.</exception>
    public static float[] Decode(ReadOnlyMemory<byte> encoded, AudioPreprocessing settings, string name)
    {
        try
        {
            using var source = AudioSniffer.Open(encoded, name);
            CheckFormat(source, name);
            return Read(source, settings, name);
        }
        catch (Exception e) when (e is not (BadInputException or OutOfMemoryException))
        {
            // The decoders of three libraries meet arbitrary bytes here, and each has its own ways to give up.
            throw AudioSniffer.Broken(encoded.Span, name, e);
        }
    }

    private static float[] Read(AudioSource source, AudioPreprocessing settings, string name)
    {
        var resampler = new AudioResampler(source.SampleRate, settings.SampleRate);
        var most = (long)Math.Ceiling(settings.MaxSeconds * source.SampleRate);
        var interleaved = new float[FramesAtOnce * source.Channels];
        var mono = new float[FramesAtOnce];
        long frames = 0;
        while (source.Read(interleaved) / source.Channels is > 0 and var read)
        {
            frames += read;
            if (frames > most)
                throw new BadInputException(name, string.Create(CultureInfo.InvariantCulture, $"it lasts longer than {settings.MaxSeconds} seconds; cut it into pieces, or raise MaxSeconds of the preprocessing"));
            Average(interleaved, mono.AsSpan(0, read), source.Channels);
            CheckSamples(mono.AsSpan(0, read), name);
            resampler.Push(mono.AsSpan(0, read));
        }

        return frames > 0 ? resampler.Finish() : throw new BadInputException(name, "it holds no samples (a header alone), expected a recording");
    }

    private static void Average(ReadOnlySpan<float> interleaved, Span<float> mono, int channels)
    {
        if (channels == 1)
        {
            interleaved[..mono.Length].CopyTo(mono);
            return;
        }

        for (var i = 0; i < mono.Length; i++)
            mono[i] = TensorPrimitives.Sum(interleaved.Slice(i * channels, channels)) / channels;
    }

    private static void CheckSamples(ReadOnlySpan<float> samples, string name)
    {
        // Not a number is the largest magnitude where there is one.
        var largest = Math.Abs(TensorPrimitives.MaxMagnitude(samples));
        if (!(largest <= MaxMagnitude))
            throw new BadInputException(name, string.Create(CultureInfo.InvariantCulture, $"it holds a sample of {largest}, expected finite numbers of about -1 to 1"));
    }

    private static void CheckFormat(AudioSource source, string name)
    {
        if (source.SampleRate is < AudioPreprocessingRules.MinRate or > AudioPreprocessingRules.MaxRate)
            throw new BadInputException(name, string.Create(CultureInfo.InvariantCulture, $"its header says {source.SampleRate} samples a second, expected {AudioPreprocessingRules.MinRate} to {AudioPreprocessingRules.MaxRate}"));
        if (source.Channels is < 1 or > MaxChannels)
            throw new BadInputException(name, string.Create(CultureInfo.InvariantCulture, $"its header says {source.Channels} channels, expected 1 to {MaxChannels}"));
    }
}
