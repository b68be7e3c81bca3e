namespace FeatureTransfer.Cli.Terminal;

/// <summary>Sizes of files as people write them, by powers of 1000.</summary>
internal static class ByteSize
{
    private static readonly string[] _units = ["B", "KB", "MB", "GB", "TB"];

    /// <summary>Such as 3.4 GB.</summary>
    public static string Text(long bytes)
    {
        var (size, unit) = ((double)bytes, 0);
        for (; Math.Abs(size) >= 1000 && unit < _units.Length - 1; unit++)
            size /= 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 ? size : Math.Round(size, 1))} {_units[unit]}");
    }

    /// <summary>Reads a number with B, KB, MB, GB or TB behind it; none is B.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        var digits = text.TrimEnd().TrimEnd("BKMGTbkmgt".ToCharArray());
        var unit = text.TrimEnd()[digits.Length..].ToUpperInvariant();
        var power = unit.Length == 0 ? 0 : Array.IndexOf(_units, unit);
        var isNumber = double.TryParse(digits.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        var size = number * Math.Pow(1000, Math.Max(0, power));
        bytes = isNumber && size < long.MaxValue ? (long)size : 0;
        return isNumber && power >= 0 && size < long.MaxValue;
    }
}
