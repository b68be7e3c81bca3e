using System.CommandLine;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Options that are a number or <c>auto</c>.</summary>
internal static class AutoOption
{
    private const int Maximum = 1024;

    /// <summary>The option.</summary>
    public static Option<AutoNumber?> Create(string name, string description) => new(name)
    {
        Description = $"{description}: a number, or auto (the default)",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text == "auto")
                return new AutoNumber(null);
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Maximum)
                return new AutoNumber(number);
            result.AddError($"{name} is '{text}'; expected a whole number from 1 to {Maximum}, or auto.");
            return null;
        },
    };
}

/// <summary>A number, or null where it is to be chosen.</summary>
internal sealed record AutoNumber(int? Value);
