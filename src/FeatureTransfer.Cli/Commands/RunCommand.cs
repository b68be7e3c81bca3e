using System.CommandLine;
using System.Globalization;
using FeatureTransfer.Cli.Terminal;
using FeatureTransfer.Pipelines;
using Microsoft.Extensions.FileSystemGlobbing;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft run</c>: runs pipelines, goes on past a failed one and ends with a table.</summary>
internal static class RunCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var files = new Argument<string[]>("pipelines") { Description = "Pipelines: files or globs such as pipelines/*.json", Arity = ArgumentArity.OneOrMore };
        var set = new Option<string[]>("--set") { Description = "Overrides a value: --set data.path=photos --set split.folds=10" };
        var command = new Command("run", "Runs pipelines from data to a judged, saved bundle.\n\nExample: ft run pipelines/image-folder.json --set data.path=photos") { files, set };
        command.SetAction((parse, cancellationToken) => RunAsync(shell(parse), parse.GetValue(files)!, parse.GetValue(set) ?? [], cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, string[] patterns, string[] overrides, CancellationToken cancellationToken)
    {
        var outcomes = new List<Outcome>();
        foreach (var file in patterns.SelectMany(Expand))
            outcomes.Add(await RunOneAsync(shell, file, overrides, cancellationToken).ConfigureAwait(false));
        if (shell.Json)
            shell.WriteJson(outcomes);
        else if (outcomes.Count > 1)
            shell.WriteTable(["pipeline", "result", "accuracy", "seconds"], [.. outcomes.Select(outcome => outcome.Row())]);
        return outcomes.Max(outcome => outcome.ExitCode);
    }

    private static async Task<Outcome> RunOneAsync(Shell shell, string file, string[] overrides, CancellationToken cancellationToken)
    {
        try
        {
            var definition = PipelineReader.Read(file, overrides);
            var runner = new PipelineRunner(FeatureTransferServices.Default with { Progress = shell.Progress });
            var result = await runner.RunAsync(definition, cancellationToken).ConfigureAwait(false);
            if (!shell.Json)
                RunSummary.Write(shell.Out, result);
            return new Outcome(file, ExitCodes.Ok, null, result.Test?.MicroAccuracy ?? result.CrossValidation?.Mean.MicroAccuracy, result.Elapsed.TotalSeconds, result.BundlePath, result.ReportPath);
        }
        catch (FeatureTransferException exception)
        {
            shell.Error.WriteLine($"error: {exception.Message}");
            return new Outcome(file, exception is TooManyRejectedException ? ExitCodes.SomeRejected : ExitCodes.BadInput, exception.Message, null, 0, null, null);
        }
    }

    private static IEnumerable<string> Expand(string pattern)
    {
        if (!pattern.Contains('*', StringComparison.Ordinal) && !pattern.Contains('?', StringComparison.Ordinal))
            return [pattern];
        var matcher = new Matcher(StringComparison.Ordinal);
        matcher.AddInclude(pattern);
        matcher.AddExclude("**/*.schema.json");
        var found = matcher.GetResultsInFullPath(Environment.CurrentDirectory).Order(StringComparer.Ordinal).ToList();
        return found.Count > 0 ? found : throw new FeatureTransferException($"{pattern}: no pipeline matches. Expected files such as pipelines/quickstart.json.");
    }

    private sealed record Outcome(string Pipeline, int ExitCode, string? Error, double? Accuracy, double Seconds, string? Bundle, string? Report)
    {
        public IReadOnlyList<string> Row() =>
        [
            Path.GetFileName(Pipeline),
            Error is null ? "ok" : "failed",
            Accuracy?.ToString("0.000", CultureInfo.InvariantCulture) ?? "",
            Seconds.ToString("0.0", CultureInfo.InvariantCulture),
        ];
    }
}
