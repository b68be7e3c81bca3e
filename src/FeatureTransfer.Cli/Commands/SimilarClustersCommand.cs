using System.CommandLine;
using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft similar clusters</c>: the groups that items of an index lie in.</summary>
internal static class SimilarClustersCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var index = SimilarCommand.Index();
        var count = new Option<int?>("--count") { Description = "How many clusters; default the number from 2 to 10 whose clusters lie apart most" };
        count.Require(value => value is null or >= 2, "a whole number from 2 on");
        var central = new Option<int>("--central") { Description = "How many of the items nearest to each centre the table shows", DefaultValueFactory = _ => 3 };
        central.Require(value => value >= 1, "a whole number from 1 on");
        var folders = new Option<bool>("--folders") { Description = "The folders that items lie in are their labels: says how far the clusters are these" };
        var seed = new Option<int>("--seed") { Description = "The seed of the starts", DefaultValueFactory = _ => 1 };
        var format = new Option<string?>("--format") { Description = "table, csv (a line an item) or json; default table, or json with --json" };
        format.AcceptOnlyFromAmong("table", "csv", "json");
        var command = new Command("clusters", "Divides the items into clusters by k-means, with no label: how many there are, how large, and which items are most central.\n\nExamples:\n  ft similar clusters photos.fti\n  ft similar clusters photos.fti --count 5 --folders --json") { index, count, central, folders, seed, format };
        command.SetAction((parse, cancellationToken) => Task.FromResult(Run(
            shell(parse),
            NeighbourIndex.Load(parse.GetValue(index)!),
            parse.GetValue(count),
            parse.GetValue(seed),
            (parse.GetValue(folders), parse.GetValue(central), parse.GetValue(format)),
            cancellationToken)));
        return command;
    }

    private static int Run(Shell shell, NeighbourIndex index, int? count, int seed, (bool Folders, int Central, string? Format) shown, CancellationToken cancellationToken)
    {
        var found = ItemClusters.Find(index, count, seed, cancellationToken);
        string[]? labels = shown.Folders ? [.. index.Names.Select(name => Path.GetFileName(Path.GetDirectoryName(name)) ?? "")] : null;
        var agreement = labels is null ? null : ClusterAgreement.Of(found.Clusters, labels);
        if (SimilarRows.IsTable(shell, shown.Format))
        {
            shell.WriteTable([.. Header(labels), "central items"], [.. found.Clusters.Select((rows, cluster) => (IReadOnlyList<string>)[.. Cells(rows, cluster, labels), string.Join(", ", rows.Take(shown.Central).Select(row => index.Names[row]))])]);
            shell.Out.WriteLine();
            shell.Out.WriteLine(Text($"{found.Clusters.Count} clusters of {index.Count} items, silhouette {found.Silhouette:0.000}{(agreement is null ? "" : Text($"; with the folders: adjusted Rand index {agreement.AdjustedRandIndex:0.000}, normalized mutual information {agreement.NormalizedMutualInformation:0.000}, purity {agreement.Purity:0.000}"))}."));
        }
        else if (shown.Format == "csv")
        {
            SimilarRows.Write(shell, "csv", [], ["cluster", "item"], found.Clusters.SelectMany((rows, cluster) => rows.Select(row => (IReadOnlyList<string>)[Text($"{cluster + 1}"), index.Names[row]])));
        }
        else
        {
            shell.WriteJson(new { found.Silhouette, Agreement = agreement, Clusters = found.Clusters.Select(rows => new { Label = labels is null ? null : Most(rows, labels).Key, Items = rows.Select(row => index.Names[row]) }) });
        }

        return ExitCodes.Ok;
    }

    private static string[] Header(string[]? labels) => labels is null ? ["cluster", "items"] : ["cluster", "items", "most are", "share"];

    private static string[] Cells(IReadOnlyList<int> rows, int cluster, string[]? labels)
    {
        string[] cells = [Text($"{cluster + 1}"), Text($"{rows.Count}")];
        return labels is null ? cells : [.. cells, Most(rows, labels).Key, Text($"{Most(rows, labels).Value / (double)rows.Count:0.000}")];
    }

    private static KeyValuePair<string, int> Most(IReadOnlyList<int> rows, string[] labels) => rows.CountBy(row => labels[row], StringComparer.Ordinal).MaxBy(label => label.Value);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
