namespace FeatureTransfer.Pipelines.Reports;

/// <summary>From numbers to places along an axis, with round numbers to write at it.</summary>
/// <param name="Least">The number at its beginning.</param>
/// <param name="Most">The number at its end.</param>
/// <param name="Logarithmic">Whether equal factors, and not equal differences, are equally far apart.</param>
internal readonly record struct AxisScale(double Least, double Most, bool Logarithmic)
{
    // How much of the range is left free at both ends, so that no line lies on the frame.
    private const double Free = 0.04;
    private static readonly double[] _round = [1, 2, 5, 10];

    /// <summary>An axis for shares, with a little space at both ends.</summary>
    public static AxisScale Shares { get; } = new(-0.02, 1.02, false);

    /// <summary>An axis for numbers; those that are not finite, or not above 0 on a logarithmic one, do not count.</summary>
    /// <returns>Null where there are none.</returns>
    public static AxisScale? Over(IEnumerable<double> numbers, bool logarithmic)
    {
        var known = numbers.Where(number => double.IsFinite(number) && (!logarithmic || number > 0)).ToList();
        if (known.Count == 0)
            return null;
        var (least, most) = (known.Min(), known.Max());
        if (logarithmic)
        {
            var factor = Math.Max(1.05, Math.Pow(most / least, Free));
            return new AxisScale(least / factor, most * factor, true);
        }

        var space = Math.Max((most - least) * Free, Math.Max(1e-9, Math.Abs(most) * 1e-3));
        return new AxisScale(least - space, most + space, false);
    }

    /// <summary>From 0 to 1.</summary>
    public double Place(double number) => Logarithmic ? Math.Log(number / Least) / Math.Log(Most / Least) : (number - Least) / (Most - Least);

    /// <summary>Round numbers on the axis, about as many as asked for.</summary>
    public IReadOnlyList<double> Ticks(int about, double leastStep = 0) => Logarithmic ? Powers(about) : Steps(about, leastStep);

    /// <summary>A number as it is written at an axis.</summary>
    public static string Text(double number) => number != 0 && Math.Abs(number) is < 0.001 or >= 1_000_000
        ? number.ToString("0.###e+0", CultureInfo.InvariantCulture)
        : number.ToString("0.####", CultureInfo.InvariantCulture);

    private List<double> Steps(int about, double leastStep)
    {
        var step = Math.Max(leastStep, (Most - Least) / about);
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        var round = Math.Max(leastStep, _round.Select(factor => factor * power).First(size => size >= step * 0.999));
        var ticks = new List<double>();

        // Adding 0 makes a plain 0 of -0.
        for (var number = Math.Ceiling(Least / round); number * round <= Most; number++)
            ticks.Add(Math.Round(number * round, 12) + 0.0);
        return ticks;
    }

    // Powers of ten; where these are few, what lies between them too.
    private List<double> Powers(int about)
    {
        var axis = this;
        var powers = Enumerable.Range((int)Math.Floor(Math.Log10(Least)), (int)Math.Ceiling(Math.Log10(Most / Least)) + 2).Select(power => Math.Pow(10, power)).ToList();
        var ticks = powers.Where(axis.Holds).ToList();
        if (ticks.Count < 2)
            ticks = [.. powers.SelectMany(power => _round.Take(3).Select(factor => factor * power)).Where(axis.Holds)];
        var every = (ticks.Count + about - 1) / Math.Max(1, about);
        return [.. ticks.Where((_, i) => i % Math.Max(1, every) == 0)];
    }

    private bool Holds(double number) => number >= Least && number <= Most;
}
