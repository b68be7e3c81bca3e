using System.IO.Enumeration;

namespace FeatureTransfer.FineTuning;

/// <summary>Patterns of names, in which <c>*</c> stands for any characters and <c>?</c> for one.</summary>
internal static class NamePattern
{
    /// <summary>Whether the whole name fits; upper and lower case differ.</summary>
    public static bool Fits(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
