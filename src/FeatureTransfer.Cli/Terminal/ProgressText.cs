namespace FeatureTransfer.Cli.Terminal;

/// <summary>Says how far work has come: how much of how much, how fast, how long it still takes.</summary>
internal static class ProgressText
{
    private const int BarWidth = 20;

    // Before that, a rate is noise.
    private static readonly TimeSpan _leastTime = TimeSpan.FromMilliseconds(200);

    /// <summary>One line.</summary>
    /// <param name="value">How far the work has come.</param>
    /// <param name="measured">What was done in <paramref name="elapsed"/>.</param>
    /// <param name="elapsed">The time since the stage was first heard of.</param>
    /// <param name="withBar">Whether a bar shows the share.</param>
    public static string Of(WorkProgress value, long measured, TimeSpan elapsed, bool withBar)
    {
        var parts = new List<string>();
        if (withBar && value.Total is > 0 and var all)
            parts.Add(Bar(Math.Clamp(value.Done / (double)all, 0, 1)));
        parts.Add(value.Total is { } known ? Line($"{value.Done}/{known}") : Line($"{value.Done}"));
        if (measured > 0 && elapsed >= _leastTime)
            parts.AddRange(Speed(value, measured / elapsed.TotalSeconds));
        return $"{value.Stage}: {string.Join(", ", parts)}";
    }

    private static IEnumerable<string> Speed(WorkProgress value, double rate)
    {
        yield return Line($"{rate:0.#}/s");
        if (value.Total is { } total && total > value.Done)
            yield return Line($"{Duration(TimeSpan.FromSeconds(Math.Ceiling((total - value.Done) / rate)))} left");
    }

    private static string Duration(TimeSpan time) => time < TimeSpan.FromMinutes(2)
        ? Line($"{time.TotalSeconds:0} s")
        : time < TimeSpan.FromHours(2) ? Line($"{time.TotalMinutes:0} min") : Line($"{time.TotalHours:0.0} h");

    private static string Bar(double share)
    {
        var full = (int)Math.Round(share * BarWidth);
        return Line($"[{new string('#', full)}{new string('.', BarWidth - full)}] {100 * share:0} %");
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
