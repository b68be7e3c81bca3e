using System.CommandLine;
using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft similar duplicates</c>: items of an index that are nearly the same.</summary>
internal static class SimilarDuplicatesCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var index = SimilarCommand.Index();
        var threshold = new Option<double>("--threshold") { Description = "The cosine from which on two items are nearly the same, or with --metric euclidean the distance up to which they are", DefaultValueFactory = _ => 0.98 };
        var format = SimilarCommand.Format();
        var command = new Command("duplicates", "Lists groups of items that are nearly the same: each is within the threshold of another one of its group. All pairs are compared.\n\nExample: ft similar duplicates photos.fti --threshold 0.98 --format csv") { index, threshold, format };
        command.SetAction((parse, cancellationToken) => Task.FromResult(Run(shell(parse), parse.GetValue(index)!, parse.GetValue(threshold), parse.GetValue(format), cancellationToken)));
        return command;
    }

    private static int Run(Shell shell, string path, double threshold, string? format, CancellationToken cancellationToken)
    {
        var index = NeighbourIndex.Load(path);
        if (!NearDuplicates.IsThreshold(index.Metric, threshold))
            throw new FeatureTransferException(string.Create(CultureInfo.InvariantCulture, $"--threshold is {threshold}. Expected {NearDuplicates.ExpectedThreshold(index.Metric)}, for the metric of {path} is {index.Metric}."));
        var groups = NearDuplicates.Find(index, threshold, cancellationToken);
        var cells = groups.SelectMany((rows, group) => rows.Select(row => (IReadOnlyList<string>)[(group + 1).ToString(CultureInfo.InvariantCulture), index.Names[row]]));
        SimilarRows.Write(shell, format, groups.Select(rows => new { Items = rows.Select(row => index.Names[row]) }), ["group", "item"], cells);
        return ExitCodes.Ok;
    }
}
