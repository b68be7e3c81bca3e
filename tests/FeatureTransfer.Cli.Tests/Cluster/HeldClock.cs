namespace FeatureTransfer.Cli.Tests.Cluster;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class HeldClock : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public void Pass(double seconds) => _ticks += TimeSpan.FromSeconds(seconds).Ticks;
}
