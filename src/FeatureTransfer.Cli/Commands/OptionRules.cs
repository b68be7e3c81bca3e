using System.CommandLine;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Rules for the values of options, beyond their types.</summary>
internal static class OptionRules
{
    /// <summary>
    /// Makes an empty text wrong usage where a command takes one name, as scripts give it whose variable is not set. Of several values, which may be texts, each
    /// command says itself what is wrong.
    /// </summary>
    /// <param name="command">The command, with all below it.</param>
    public static void RefuseEmptyNames(Command command)
    {
        foreach (var argument in command.Arguments.OfType<Argument<string>>())
        {
            argument.Validators.Add(result =>
            {
                if (result.Tokens.Any(token => token.Value.Length == 0))
                    result.AddError($"'{argument.Name}' is an empty text. Expected: {argument.Description}.");
            });
        }

        foreach (var child in command.Subcommands)
            RefuseEmptyNames(child);
    }

    /// <summary>Makes a value that does not hold wrong usage. One that is not of the option's type is that already.</summary>
    /// <param name="option">The option.</param>
    /// <param name="holds">Whether a value is right.</param>
    /// <param name="expected">What is expected, to follow "--option must be".</param>
    public static void Require<T>(this Option<T> option, Func<T?, bool> holds, string expected) => option.Validators.Add(result =>
    {
        T? value;
        try
        {
            value = result.GetValueOrDefault<T>();
        }
        catch (InvalidOperationException)
        {
            return;
        }

        if (!holds(value))
            result.AddError($"{option.Name} must be {expected}.");
    });
}
