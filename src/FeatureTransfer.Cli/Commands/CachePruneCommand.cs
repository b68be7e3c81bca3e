using System.CommandLine;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft cache prune</c>.</summary>
internal static class CachePruneCommand
{
    public static Command Create(Func<ParseResult, Shell> shell, Func<ParseResult, FeatureCacheFolder> cache)
    {
        var maxSize = new Option<long?>("--max-size")
        {
            Description = "Keeps the newest features that fit, such as 500MB or 10GB",
            CustomParser = result => ByteSize.TryParse(result.Tokens[0].Value, out var bytes) ? bytes : Fault<long?>(result, "a size such as 500MB or 10GB"),
        };
        var maxAge = new Option<TimeSpan?>("--max-age")
        {
            Description = "Removes features that were written longer ago, such as 90d or 12h",
            CustomParser = result => TryParseAge(result.Tokens[0].Value, out var age) ? age : Fault<TimeSpan?>(result, "an age such as 90d or 12h"),
        };
        var unknown = new Option<bool>("--unknown") { Description = "Removes features of which nobody knows what they are of" };
        var backbone = new Option<string?>("--backbone") { Description = "Removes the features of a backbone" };
        var command = new Command(
            "prune",
            "Removes damaged and repeated records and what the options name, and merges small segments. It may be stopped at any moment.\n\nExample: ft cache prune --max-size 10GB") { maxSize, maxAge, unknown, backbone };
        command.SetAction((parse, cancellationToken) => Task.FromResult(Run(
            shell(parse),
            cache(parse),
            new FeatureCachePruneOptions { MaxSize = parse.GetValue(maxSize), MaxAge = parse.GetValue(maxAge), UnknownScopes = parse.GetValue(unknown), Backbone = parse.GetValue(backbone) },
            cancellationToken)));
        return command;
    }

    private static int Run(Shell shell, FeatureCacheFolder cache, FeatureCachePruneOptions options, CancellationToken cancellationToken)
    {
        var result = cache.Prune(options, cancellationToken);
        if (shell.Json)
        {
            shell.WriteJson(result);
            return ExitCodes.Ok;
        }

        var inUse = result.SegmentsInUse > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {result.SegmentsInUse} segments are being written to and were left alone") : "";
        shell.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{cache.Folder}: {result.RecordsRemoved:N0} feature vectors removed, {result.RecordsKept:N0} kept, {ByteSize.Text(result.BytesFreed)} freed{inUse}"));
        return ExitCodes.Ok;
    }

    private static bool TryParseAge(string text, out TimeSpan age)
    {
        age = default;
        if (text.Length < 2 || !double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 100_000)
            return false;
        var unit = char.ToLowerInvariant(text[^1]);
        age = unit switch { 'd' => TimeSpan.FromDays(number), 'h' => TimeSpan.FromHours(number), 'm' => TimeSpan.FromMinutes(number), _ => default };
        return unit is 'd' or 'h' or 'm';
    }

    private static T? Fault<T>(System.CommandLine.Parsing.ArgumentResult result, string expected)
    {
        result.AddError($"'{result.Tokens[0].Value}' is not {expected}.");
        return default;
    }
}
