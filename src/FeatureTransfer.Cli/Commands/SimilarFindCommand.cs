using System.CommandLine;
using FeatureTransfer.Devices;
using FeatureTransfer.Extraction;
using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft similar find</c>: the items of an index that are nearest to others.</summary>
internal static class SimilarFindCommand
{
    private const int BatchSize = 256;

    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var index = SimilarCommand.Index();
        var queries = new Argument<string[]>("queries") { Description = $"What to search for. {SimilarItems.Description}; with one for text, the texts themselves", Arity = ArgumentArity.OneOrMore };
        var k = new Option<int>("-k", "--top") { HelpName = "K", Description = "How many items for each", DefaultValueFactory = _ => 10 };
        k.Require(value => value >= 1, "1 or more");
        var format = SimilarCommand.Format();
        var device = DeviceOption.Create();
        var command = new Command("find", "Lists the items of an index that are nearest to others, the nearest first. An item that is in the index itself is its own nearest one.\n\nExamples:\n  ft similar find photos.fti photo.jpg -k 5\n  ft similar find sentences.fti \"a warm coat for the winter\" --format csv") { index, queries, k, format, device };
        command.SetAction((parse, cancellationToken) => Task.FromResult(
            Run(shell(parse), parse.GetValue(index)!, parse.GetValue(queries)!, parse.GetValue(k), parse.GetValue(format), parse.GetValue(device) ?? Device.Auto, cancellationToken)));
        return command;
    }

    private static int Run(Shell shell, string path, string[] queries, int k, string? format, Device device, CancellationToken cancellationToken)
    {
        var index = NeighbourIndex.Load(path);
        var rejected = new RejectedRowCollector();
        using var extractor = SimilarItems.OpenBackbone(index, path, new ExtractFeaturesOptions { Backbone = "", Device = device }, CommandServices.Default with { Logger = shell.Log, Rejected = rejected, Cancellation = cancellationToken });
        var found = extractor.Extract(SimilarItems.Queries(extractor.Modality, queries, shell.Note), cancellationToken)
            .Chunk(BatchSize)
            .SelectMany(rows => rows.Zip(index.SearchMany([.. rows.Select(row => row.Features)], k, cancellationToken), (row, items) => new Found(row.Input, items)));
        Write(shell, format, found);
        foreach (var row in rejected.Rows)
            shell.Error.WriteLine($"{row.Input}: {row.Reason}");
        return rejected.Count > 0 ? ExitCodes.SomeRejected : ExitCodes.Ok;
    }

    private static void Write(Shell shell, string? format, IEnumerable<Found> found)
    {
        var json = found.Select(row => new { row.Query, Items = row.Items.Select(item => new { item.Name, item.Distance }) });
        var digits = SimilarRows.IsTable(shell, format) ? "0.0000" : "R";
        var cells = found.SelectMany(row => row.Items.Select((item, i) => (IReadOnlyList<string>)[row.Query, (i + 1).ToString(CultureInfo.InvariantCulture), item.Name, item.Distance.ToString(digits, CultureInfo.InvariantCulture)]));
        SimilarRows.Write(shell, format, json, ["query", "rank", "item", "distance"], cells);
    }

    private sealed record Found(string Query, IReadOnlyList<Neighbour> Items);
}
