using System.CommandLine;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft similar</c>: items that are like others, by the distances of their features.</summary>
internal static class SimilarCommand
{
    public static Command Create(Func<ParseResult, Shell> shell) => new("similar", "Finds images, texts or recordings that are alike by their features, near-duplicates among them, and clusters.")
    {
        SimilarBuildCommand.Create(shell),
        SimilarFindCommand.Create(shell),
        SimilarDuplicatesCommand.Create(shell),
        SimilarClustersCommand.Create(shell),
    };

    /// <summary>The file that <c>ft similar build</c> wrote.</summary>
    public static Argument<string> Index() => new("index") { Description = "The .fti file that 'ft similar build' wrote" };

    /// <summary>How rows are written.</summary>
    public static Option<string?> Format()
    {
        var format = new Option<string?>("--format") { Description = "table, csv, json (one list) or jsonl (an object a line); default table, or json with --json" };
        format.AcceptOnlyFromAmong("table", "csv", "json", "jsonl");
        return format;
    }
}
