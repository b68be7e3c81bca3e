namespace FeatureTransfer.Inputs.Audio;

/// <summary>A recording as a backbone takes it: one channel at one rate, and the windows on it. Immutable.</summary>
public sealed class AudioClip
{
    private readonly float[] _samples;
    private readonly AudioPreprocessing _settings;

    internal AudioClip(float[] samples, AudioPreprocessing settings) => (_samples, _settings) = (samples, settings);

    /// <summary>All samples, normalized and scaled, without padding.</summary>
    public ReadOnlyMemory<float> Samples => _samples;

    /// <summary>How long it lasts.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)_samples.Length / _settings.SampleRate);

    /// <summary>How many windows there are, at least 1.</summary>
    public int WindowCount => 1 + (int)Math.Ceiling(Math.Max(0, _samples.Length - _settings.WindowSamples) / (double)_settings.HopSamples);

    /// <summary>Writes one window.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <param name="destination">Receives <see cref="AudioPreprocessing.WindowSamples"/> floats.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such window.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void WriteWindow(int index, Span<float> destination)
    {
        var length = _settings.WindowSamples;
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, WindowCount);
        if (destination.Length < length)
            throw new ArgumentException($"The destination holds {destination.Length} floats, a window has {length}.", nameof(destination));
        var window = destination[..length];
        if (_samples.Length >= length)
        {
            _samples.AsSpan((int)Math.Min((long)index * _settings.HopSamples, _samples.Length - length), length).CopyTo(window);
            return;
        }

        window.Clear();
        _samples.CopyTo(window[((length - _samples.Length) / 2)..]);
    }

    /// <summary>All windows, each of <see cref="AudioPreprocessing.WindowSamples"/> floats.</summary>
    public IReadOnlyList<float[]> ToWindows()
    {
        var windows = new float[WindowCount][];
        for (var i = 0; i < windows.Length; i++)
            WriteWindow(i, windows[i] = new float[_settings.WindowSamples]);
        return windows;
    }
}
