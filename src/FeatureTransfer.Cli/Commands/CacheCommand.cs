using System.CommandLine;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft cache</c>: what the feature cache holds, whether it is whole, and how it becomes smaller.</summary>
internal static class CacheCommand
{
    private const string Examples = "\n\nExamples:\n  ft cache stats\n  ft cache prune --max-size 10GB --max-age 90d";

    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var folder = new Option<string?>("--folder") { Description = "The cache's folder; default 'features' in FT_HOME", Recursive = true };
        var command = new Command("cache", "Looks after cached features: what there is, whether it is whole, what may go. Other commands may run meanwhile." + Examples) { folder };
        FeatureCacheFolder Cache(ParseResult parse) => new(parse.GetValue(folder));

        var stats = new Command("stats", "Lists what is cached, a row for each backbone, layers, pooling and preprocessing");
        stats.SetAction(parse => Stats(shell(parse), Cache(parse)));
        var verify = new Command("verify", "Reads every record and checks it; exit code 1 when some are damaged. Damaged ones are never used, only computed again");
        verify.SetAction((parse, cancellationToken) => Task.FromResult(Verify(shell(parse), Cache(parse), cancellationToken)));
        command.Add(stats);
        command.Add(verify);
        command.Add(CachePruneCommand.Create(shell, Cache));
        command.Add(CacheClearCommand.Create(shell, Cache));
        return command;
    }

    private static int Stats(Shell shell, FeatureCacheFolder cache)
    {
        var scopes = cache.Statistics();
        if (shell.Json)
        {
            shell.WriteJson(new { cache.Folder, Bytes = scopes.Sum(scope => scope.Bytes), Scopes = scopes });
            return ExitCodes.Ok;
        }

        if (scopes.Count > 0)
            shell.WriteTable(["backbone", "layers", "pooling", "preprocessing", "features", "size", "segments", "oldest", "newest"], [.. scopes.Select(Row)]);
        shell.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cache.Folder}: {scopes.Sum(scope => (long)scope.Records):N0} feature vectors, {ByteSize.Text(scopes.Sum(scope => scope.Bytes))}"));
        return ExitCodes.Ok;
    }

    private static IReadOnlyList<string> Row(FeatureScopeStatistics scope) =>
    [
        scope.Description?.Backbone ?? "unknown",
        scope.Description is { Layers: [_, ..] layers } ? string.Join(", ", layers) : "default",
        scope.Description is { Pooling.Length: > 0 } known ? known.Pooling : "default",
        scope.Description?.Preprocessing ?? scope.Scope[..12],
        scope.Records.ToString("N0", CultureInfo.InvariantCulture),
        ByteSize.Text(scope.Bytes),
        scope.Segments.ToString(CultureInfo.InvariantCulture),
        Day(scope.Oldest),
        Day(scope.Newest),
    ];

    private static int Verify(Shell shell, FeatureCacheFolder cache, CancellationToken cancellationToken)
    {
        var found = cache.Verify(shell.Progress, cancellationToken);
        if (shell.Json)
        {
            shell.WriteJson(new { cache.Folder, found.Records, found.Bytes, Damaged = found.IsDamaged, found.Faults });
        }
        else
        {
            if (found.Faults.Count > 0)
                shell.WriteTable(["file", "offset", "bytes", "what"], [.. found.Faults.Select(fault => Row(cache, fault))]);
            shell.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cache.Folder}: {found.Records:N0} feature vectors are whole, {ByteSize.Text(found.Bytes)}"));
        }

        if (!found.IsDamaged)
            return ExitCodes.Ok;
        shell.Error.WriteLine($"{cache.Folder}: {found.Faults.Count(fault => fault.IsDamage)} places are damaged. Nothing wrong is used: 'ft cache prune' removes them, and the next run computes those features again.");
        return ExitCodes.Failed;
    }

    private static IReadOnlyList<string> Row(FeatureCacheFolder cache, FeatureCacheFault fault) =>
    [
        Path.GetRelativePath(cache.Folder, fault.File),
        fault.Offset.ToString(CultureInfo.InvariantCulture),
        fault.Length.ToString(CultureInfo.InvariantCulture),
        fault.Reason,
    ];

    private static string Day(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
}
