using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FeatureTransfer.Server.Telemetry;

/// <summary>What a server tells of itself to whoever listens: nobody, unless the app adds an exporter.</summary>
internal sealed class ServerMetrics
{
    private readonly Counter<long> _requests;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _reloads;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _queued;
    private readonly Histogram<int> _batch;
    private readonly UpDownCounter<int> _waiting;

    public ServerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(FeatureTransferTelemetry.Name);
        _requests = meter.CreateCounter<long>("featuretransfer.server.requests", "{request}", "Requests that were answered, by endpoint and status");
        _rejected = meter.CreateCounter<long>("featuretransfer.server.rejected", "{request}", "Requests that were turned away, by reason");
        _reloads = meter.CreateCounter<long>("featuretransfer.server.reloads", "{reload}", "New model files that were taken up");
        _duration = meter.CreateHistogram<double>("featuretransfer.server.request.duration", "s", "From the request's head to its answer");
        _queued = meter.CreateHistogram<double>("featuretransfer.server.queue.duration", "s", "How long an item waited for the model");
        _batch = meter.CreateHistogram<int>("featuretransfer.server.batch.size", "{item}", "Items that went through the model at once");
        _waiting = meter.CreateUpDownCounter<int>("featuretransfer.server.queue.length", "{item}", "Items that wait for the model");
    }

    public static ActivitySource Activities { get; } = new(FeatureTransferTelemetry.Name);

    public void Answered(string endpoint, int status, TimeSpan duration)
    {
        _requests.Add(1, new("endpoint", endpoint), new("status", status));
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("endpoint", endpoint));
    }

    public void Rejected(string reason) => _rejected.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Reloaded() => _reloads.Add(1);

    public void Queued(int items) => _waiting.Add(items);

    public void Batched(int items) => _batch.Record(items);

    public void Started(TimeSpan waited)
    {
        _waiting.Add(-1);
        _queued.Record(waited.TotalSeconds);
    }
}
