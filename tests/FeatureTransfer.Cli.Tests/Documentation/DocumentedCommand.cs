using System.Text.RegularExpressions;

namespace FeatureTransfer.Cli.Tests.Documentation;

/// <summary>A command line that a page shows.</summary>
/// <param name="Page">The page, relative to the repository.</param>
/// <param name="Line">The command, with something real where the page has a word in capitals.</param>
internal sealed partial record DocumentedCommand(string Page, string Line)
{
    private static readonly string[] _programs = ["ft", "./ft", "./build.sh", "dotnet", "pip", "optimum-cli", "find"];

    private static readonly (string Placeholder, string Stands)[] _placeholders =
    [
        ("--output FILE", "--output features.csv"), ("run FILE...", "run pipeline.json"), ("FOLDER", "folder"), ("MODEL", "model.ftm"), ("INPUT...", "photos"), ("INPUT", "photos"), ("DATA", "photos"), (" ID", " resnet_18.mlnet"),
    ];

    /// <summary>All lines of blocks of commands, and all commands within sentences and tables, page by page.</summary>
    public static IReadOnlyList<DocumentedCommand> All { get; } =
    [
        .. DocumentedCode.All
            .Where(code => code.Language is "" or "sh" or "console" && _programs.Contains(code.Text.Split(' ', 2)[0]))
            .SelectMany(code => code.Text.Split('\n').Where(line => line.Trim().Length > 0), (code, line) => new DocumentedCommand(code.Page, line.Trim())),
        .. DocumentedCode.Pages.SelectMany(
            page => Sentence().Matches(File.ReadAllText(page)).Select(match => match.Groups[1].Value).Distinct(),
            (page, line) => new DocumentedCommand(Path.GetRelativePath(Reference.Root, page), Fill(line)) { IsWithinASentence = true }),
    ];

    /// <summary>The same, each line once: where it stands first.</summary>
    public static IReadOnlyList<DocumentedCommand> Different { get; } = [.. All.DistinctBy(command => command.Line)];

    /// <summary>Whether it stands within a sentence, where a command may be named without its arguments.</summary>
    public bool IsWithinASentence { get; private init; }

    private static string Fill(string line) => _placeholders.Aggregate(line, (text, pair) => text.Replace(pair.Placeholder, pair.Stands, StringComparison.Ordinal));

    [GeneratedRegex("`(?:\\./)?(ft [a-z][^`]*)`")]
    private static partial Regex Sentence();
}
