using System.CommandLine;
using System.CommandLine.Parsing;

namespace FeatureTransfer.Cli;

/// <summary>Finds options that do not exist: the parser would take them for inputs, and the message would be that there is no such file.</summary>
internal static class MistypedOption
{
    /// <summary>What is wrong, or null. What stands behind <c>--</c> is never an option.</summary>
    public static string? Find(ParseResult parse)
    {
        var wrong = parse.Tokens
            .TakeWhile(token => token.Type != TokenType.DoubleDash)
            .FirstOrDefault(token => token.Type == TokenType.Argument && token.Value.StartsWith("--", StringComparison.Ordinal) && !IsValue(parse, token) && !Path.Exists(token.Value));
        if (wrong is null)
            return null;
        var known = Options(parse.CommandResult).Select(option => option.Name);
        return $"'{parse.CommandResult.Command.Name}' has no option '{wrong.Value}'.{NearestName.Hint(wrong.Value, known)}";
    }

    private static bool IsValue(ParseResult parse, Token token) =>
        Options(parse.CommandResult).Any(option => parse.GetResult(option) is { } result && result.Tokens.Contains(token));

    private static IEnumerable<Option> Options(CommandResult command)
    {
        for (SymbolResult? result = command; result is not null; result = result.Parent)
        {
            foreach (var option in (result as CommandResult)?.Command.Options ?? [])
                yield return option;
        }
    }
}
