using System.Text.RegularExpressions;

namespace FeatureTransfer.Cli.Tests.Documentation;

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">The page, relative to the repository.</param>
/// <param name="Line">The line that it begins after.</param>
/// <param name="Language">What stands behind the fence.</param>
/// <param name="Text">Its lines.</param>
internal sealed partial record DocumentedCode(string Page, int Line, string Language, string Text)
{
    /// <summary>The README and the pages in docs that a person wrote.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Reference.Root, "docs"), "*.md").Order(StringComparer.Ordinal)
            .Where(page => Path.GetFileName(page) != "pipeline-steps.md")
            .Prepend(Path.Combine(Reference.Root, "README.md")),
    ];

    /// <summary>All blocks of the pages.</summary>
    public static IReadOnlyList<DocumentedCode> All { get; } = [.. Pages.SelectMany(Of)];

    /// <summary>The blocks of a language.</summary>
    public static IEnumerable<DocumentedCode> In(string language) => All.Where(code => code.Language == language);

    public override string ToString() => $"{Page}:{Line}";

    private static IEnumerable<DocumentedCode> Of(string page)
    {
        var text = File.ReadAllText(page).ReplaceLineEndings("\n");
        return Fence().Matches(text).Select(match => new DocumentedCode(
            Path.GetRelativePath(Reference.Root, page),
            text.AsSpan(0, match.Index).Count('\n') + 1,
            match.Groups["language"].Value,
            match.Groups["code"].Value));
    }

    [GeneratedRegex("^ *```(?<language>[a-z]*)\n(?<code>.*?)^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
