namespace FeatureTransfer.FineTuning;

/// <summary>Spaces checkpoints so that saving them takes about a twentieth of the time, however large they are and however slow the disk is.</summary>
/// <param name="clock">Tells the time.</param>
internal sealed class CheckpointPace(TimeProvider clock)
{
    // A network of 100 MB has checkpoints of 500, and an epoch over some hundred rows takes no longer than to write one.
    private const int Share = 20;
    private const double FirstSecondsAByte = 1 / 200e6;
    private long _last = clock.GetTimestamp();
    private double _secondsAByte = FirstSecondsAByte;

    /// <summary>Whether so much time has gone by that a checkpoint of this size costs little.</summary>
    /// <param name="bytes">Its size.</param>
    public bool CostsLittle(double bytes) => clock.GetElapsedTime(_last).TotalSeconds >= (Share - 1) * bytes * _secondsAByte;

    /// <summary>Saves a checkpoint, and learns how long that takes.</summary>
    /// <param name="bytes">Its size.</param>
    /// <param name="save">Saves it.</param>
    public void Save(double bytes, Action save)
    {
        var start = clock.GetTimestamp();
        save();
        _last = clock.GetTimestamp();
        _secondsAByte = clock.GetElapsedTime(start, _last).TotalSeconds / Math.Max(1, bytes);
    }
}
