namespace FeatureTransfer.Inputs.Audio;

/// <summary>Turns encoded recordings into clips of samples by one <see cref="AudioPreprocessing"/>. Safe for use from many threads at once.</summary>
public sealed class AudioPreprocessor
{
    /// <summary>Makes a preprocessor.</summary>
    /// <param name="settings">What to make of a recording.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public AudioPreprocessor(AudioPreprocessing settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        Settings = settings;
    }

    /// <summary>What is made of a recording.</summary>
    public AudioPreprocessing Settings { get; }

    /// <summary>Decodes one recording. Its content decides what it is read as, whatever its name ends with.</summary>
    /// <param name="encoded">
    /// The bytes of a WAV file (PCM of 8 to 64 bits, floats of 32 or 64), an MP3 file, or Ogg Vorbis. Of an MP3 or Ogg file that ends too early
    /// the whole frames are used, for neither says how long it should be; a WAV file that does is rejected.
    /// </param>
    /// <param name="name">What to call the recording in an error; its path, say.</param>
    /// <exception cref="BadInputException">
    /// The bytes are empty, not audio, damaged, of another codec, without a sample, longer than <see cref="AudioPreprocessing.MaxSeconds"/>, or
    /// hold samples that are no finite numbers.
    /// </exception>
    public AudioClip Read(ReadOnlyMemory<byte> encoded, string? name = null) => Clip(AudioDecoder.Decode(encoded, Settings, name ?? "(audio in memory)"));

    /// <summary>Takes samples that something else decoded.</summary>
    /// <param name="samples">One channel, finite numbers of about -1 to 1, at <see cref="AudioPreprocessing.SampleRate"/>; at least one.</param>
    /// <exception cref="ArgumentException">There is no sample, or one is not a finite number.</exception>
    public AudioClip FromSamples(ReadOnlySpan<float> samples)
    {
        if (samples.IsEmpty)
            throw new ArgumentException("There is no sample. Give at least one.", nameof(samples));
        foreach (var sample in samples)
        {
            if (!float.IsFinite(sample))
                throw new ArgumentException("A sample is not a finite number.", nameof(samples));
        }

        return Clip(samples.ToArray());
    }

    private AudioClip Clip(float[] samples)
    {
        AudioLevel.Apply(samples, Settings);
        return new AudioClip(samples, Settings);
    }
}
