using System.CommandLine;
using FeatureTransfer.Pipelines.Comparing;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft report</c>: pages about finished runs.</summary>
internal static class ReportCommand
{
    public static Command Create(Func<ParseResult, Shell> shell) => new("report", "Makes pages about finished runs.") { Compare(shell) };

    private static Command Compare(Func<ParseResult, Shell> shell)
    {
        var runs = new Argument<string[]>("runs") { Description = "Folders of outputs, or the metrics.json in them; the others are compared with the first", Arity = new ArgumentArity(2, 100) };
        var output = new Option<string>("--out") { Description = "The HTML page", DefaultValueFactory = _ => "comparison.html" };
        var command = new Command(
            "compare",
            "Puts runs side by side in one HTML page: metrics, a paired test on the rows that both judged, classes, different answers, and where the pipelines differ.\n\nExample:\n  ft report compare out/resnet out/mobilenet --out comparison.html") { runs, output };
        command.SetAction((parse, _) => Task.FromResult(Compare(shell(parse), parse.GetValue(runs)!, parse.GetValue(output)!)));
        return command;
    }

    private static int Compare(Shell shell, string[] paths, string output)
    {
        var comparison = RunComparison.Read(paths);
        ComparisonReport.Write(comparison, output);
        if (shell.Json)
        {
            shell.WriteJson(new { Runs = comparison.Runs.Select(run => new { run.Name, run.Path, run.Task, Metrics = run.Test, HeldOut = run.Judged.Count }), Pairs = comparison.Pairs.Select(Pair), DifferentAnswers = comparison.Disagreements.Count, Report = Path.GetFullPath(output) });
            return ExitCodes.Ok;
        }

        var pairs = comparison.Pairs.ToDictionary(pair => pair.Second);
        shell.WriteTable(["run", "held-out test", "gain", "p"], [.. comparison.Runs.Select(run => Row(run, pairs.GetValueOrDefault(run)))]);
        shell.Out.WriteLine($"{comparison.Disagreements.Count} rows have different answers; the page is {output}");
        return ExitCodes.Ok;
    }

    private static object Pair(RunPair pair) => new { Run = pair.Second.Name, Against = pair.First.Name, pair.Counts.Rows, pair.Counts.Better, pair.Counts.Worse, pair.Counts.Gain, pair.Counts.Interval, pair.PValue };

    private static IReadOnlyList<string> Row(ComparedRun run, RunPair? pair) =>
    [
        run.Name,
        run.Test.Headline is { } metric ? MetricText.Of(metric) + MetricText.Brackets(run.Interval(metric)) : "",
        pair is null ? "" : MetricText.Value(pair.Counts.Gain) + MetricText.Brackets(pair.Counts.Interval),
        pair is null ? "" : pair.PValue.ToString("0.0000", CultureInfo.InvariantCulture),
    ];
}
