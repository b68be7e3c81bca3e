using System.Numerics.Tensors;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>Changes the rate of samples as they come. Before the first and behind the last there is silence.</summary>
internal sealed class AudioResampler
{
    private readonly ResampleFilter? _filter;
    private float[] _output = new float[1 << 14];
    private int _written;

    // The input that outputs may still need: it begins at the sample of number _start.
    private float[] _input = [];
    private int _held;
    private long _start;
    private long _received;

    /// <summary>Makes a resampler for one recording.</summary>
    public AudioResampler(int from, int to)
    {
        if (from == to)
            return;
        _filter = ResampleFilter.Of(from, to);
        _held = _filter.Reach - 1;
        _input = new float[_held];
        _start = -_held;
    }

    /// <summary>Takes the next samples.</summary>
    public void Push(ReadOnlySpan<float> samples)
    {
        _received += samples.Length;
        if (_filter is null)
        {
            Room(samples.Length);
            samples.CopyTo(_output.AsSpan(_written));
            _written += samples.Length;
            return;
        }

        Hold(samples);
        Produce(_filter, long.MaxValue);
    }

    /// <summary>The whole output: as long in time as the input.</summary>
    public float[] Finish()
    {
        if (_filter is { } filter)
        {
            Hold(new float[filter.Taps]);
            Produce(filter, ((_received * filter.Up) + filter.Down - 1) / filter.Down);
        }

        return _output.AsSpan(0, _written).ToArray();
    }

    private void Hold(ReadOnlySpan<float> samples)
    {
        if (_input.Length < _held + samples.Length)
            Array.Resize(ref _input, _held + samples.Length);
        samples.CopyTo(_input.AsSpan(_held));
        _held += samples.Length;
    }

    private void Produce(ResampleFilter filter, long end)
    {
        while (_written < end)
        {
            var (whole, rest) = Math.DivRem((long)_written * filter.Down, filter.Up);
            var phase = (int)(((rest * filter.Phases) + (filter.Up / 2)) / filter.Up);
            var first = whole - (filter.Reach - 1) - _start;
            if (phase == filter.Phases)
                (phase, first) = (0, first + 1);
            if (first + filter.Taps > _held)
                break;
            Room(1);
            _output[_written++] = TensorPrimitives.Dot(_input.AsSpan((int)first, filter.Taps), filter[phase]);
        }

        Forget(((long)_written * filter.Down / filter.Up) - (filter.Reach - 1) - _start);
    }

    private void Forget(long count)
    {
        var forgotten = (int)Math.Clamp(count, 0, _held);
        _input.AsSpan(forgotten, _held - forgotten).CopyTo(_input);
        _held -= forgotten;
        _start += forgotten;
    }

    private void Room(int more)
    {
        if (_output.Length < _written + more)
            Array.Resize(ref _output, Math.Max(_output.Length * 2, _written + more));
    }
}
