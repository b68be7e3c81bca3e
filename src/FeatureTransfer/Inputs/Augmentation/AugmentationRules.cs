namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>What makes settings valid: each rule gives a sentence where one is not.</summary>
internal static class AugmentationRules
{
    /// <summary>A number from one to another, both included.</summary>
    public static IEnumerable<string> Between(string setting, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
            yield return Text($"{setting} is '{value}', expected {least} to {most}");
    }

    /// <summary>A number from 0 to 1.</summary>
    public static IEnumerable<string> Share(string setting, double value) => Between(setting, value, 0, 1);

    /// <summary>A range of numbers above 0, whose end is not before its beginning.</summary>
    public static IEnumerable<string> Range(string low, double from, string high, double to, double most)
    {
        if (!(from > 0 && from <= to && to <= most))
            yield return Text($"{low} to {high} is {from} to {to}, expected a range above 0 and up to {most}");
    }

    /// <summary>A name that the enumeration has.</summary>
    public static IEnumerable<string> Known<T>(string setting, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            yield return Text($"{setting} is '{value}', expected one of {string.Join(", ", Enum.GetNames<T>())}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
