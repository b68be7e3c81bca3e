using System.Text.RegularExpressions;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>Names groups by regular expressions.</summary>
internal static class GroupPatterns
{
    /// <summary>Compiles a pattern; matching takes a second at most.</summary>
    /// <exception cref="FeatureTransferException">It is no regular expression.</exception>
    public static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException e)
        {
            throw new FeatureTransferException($"The group pattern \"{pattern}\" is no regular expression: {e.Message}", e);
        }
    }

    private static Match Match(Regex pattern, string value)
    {
        try
        {
            return pattern.Match(value);
        }
        catch (RegexMatchTimeoutException exception)
        {
            throw new FeatureTransferException($"The group pattern \"{pattern}\" takes more than a second on \"{value}\": it tries the same characters over and over. Write it without repeats within repeats, such as (a+)+.", exception);
        }
    }

    /// <summary>The captured groups together, else the whole match, else (no match) the value itself.</summary>
    /// <exception cref="FeatureTransferException">Matching takes too long.</exception>
    public static string Apply(Regex pattern, string value)
    {
        Match match = Match(pattern, value);
        if (!match.Success)
            return value;
        return match.Groups.Count > 1 ? string.Join('|', match.Groups.Values.Skip(1).Where(g => g.Success).Select(g => g.Value)) : match.Value;
    }
}
