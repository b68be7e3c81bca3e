namespace FeatureTransfer.FineTuning;

/// <summary>Ranges that many options have; each gives null, or what is out of range and what was expected.</summary>
internal static class OptionRules
{
    public static string? Filled(string value, string name, string expected) => string.IsNullOrWhiteSpace(value) ? $"{name} is empty; expected {expected}" : null;

    public static string? AtLeast(int value, int least, string name) => value < least ? Text($"{name} is {value}; expected {least} or more") : null;

    public static string? Within(int value, int least, int most, string name) => value < least || value > most ? Text($"{name} is {value}; expected {least} to {most}") : null;

    public static string? Positive(double value, string name) => value > 0 && double.IsFinite(value) ? null : Text($"{name} is {value}; expected above 0");

    public static string? NotNegative(double value, string name) => value >= 0 && double.IsFinite(value) ? null : Text($"{name} is {value}; expected 0 or more");

    public static string? Below1(double value, string name) => value is >= 0 and < 1 ? null : Text($"{name} is {value}; expected 0 to below 1");

    public static string? Share(double value, string name) => value is >= 0 and <= 1 ? null : Text($"{name} is {value}; expected 0 to 1");

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
