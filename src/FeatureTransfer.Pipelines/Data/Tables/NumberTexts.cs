using System.Text.RegularExpressions;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>What stands before the decimals of a number.</summary>
public enum DecimalMark
{
    /// <summary>A point, and a comma where it cannot part thousands.</summary>
    Auto,

    /// <summary>A point.</summary>
    Point,

    /// <summary>A comma.</summary>
    Comma,
}

/// <summary>Reads numbers as tables have them.</summary>
/// <param name="mark">What stands before decimals.</param>
/// <param name="commaIsFree">Whether a comma stands for nothing else in the table.</param>
internal sealed partial class NumberTexts(DecimalMark mark, bool commaIsFree)
{
    /// <summary>How many numbers had a decimal comma so far.</summary>
    public int Commas { get; private set; }

    /// <summary>How many had a decimal point.</summary>
    public int Points { get; private set; }

    /// <summary>Reads a number; null where it is none, or none that is finite.</summary>
    public float? Read(string text)
    {
        var hasComma = text.Contains(',', StringComparison.Ordinal);
        if (hasComma && (mark == DecimalMark.Point || text.Contains('.', StringComparison.Ordinal) || (mark == DecimalMark.Auto && !commaIsFree && Thousands().IsMatch(text))))
            return null;
        if (mark == DecimalMark.Comma && text.Contains('.', StringComparison.Ordinal))
            return null;
        if (!float.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !float.IsFinite(number))
            return null;
        Commas += hasComma ? 1 : 0;
        Points += text.Contains('.', StringComparison.Ordinal) ? 1 : 0;
        return number;
    }

    /// <summary>What was read otherwise than everybody expects; null for nothing.</summary>
    public string? Note => (mark, Commas, Points) switch
    {
        (not DecimalMark.Auto, _, _) or (_, 0, _) => null,
        (_, var commas, 0) => string.Create(CultureInfo.InvariantCulture, $"{commas} numbers were read with a decimal comma"),
        (_, var commas, var points) => string.Create(CultureInfo.InvariantCulture, $"{commas} numbers were read with a decimal comma and {points} with a decimal point; set data.decimal where one of them is no decimal mark"),
    };

    [GeneratedRegex(@"^\s*[+-]?[1-9]\d{0,2},\d{3}\s*$")]
    private static partial Regex Thousands();
}
