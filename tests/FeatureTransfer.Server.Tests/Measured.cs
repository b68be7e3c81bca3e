using System.Diagnostics.Metrics;

namespace FeatureTransfer.Server.Tests;

/// <summary>What an instrument measured.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<double> _values = [];

    public Measured(string name)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == name)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((_, value, tags, _) => Add(value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Add(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, _) => Add(value, tags));
        _listener.Start();
    }

    public List<string> Tags { get; } = [];

    public IReadOnlyList<double> Values
    {
        get
        {
            lock (_values)
                return [.. _values];
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_values)
        {
            _values.Add(value);
            Tags.Add(string.Join(",", tags.ToArray()));
        }
    }
}
