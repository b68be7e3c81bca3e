using System.CommandLine;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft evaluate</c>: how well a bundle does on labelled images.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var bundle = new Argument<string>("bundle") { Description = "The .ftm file" };
        var data = new Argument<string>("data") { Description = "A folder of class folders, or a pipeline: its held-out rows" };
        var all = new Option<bool>("--all") { Description = "All rows of the pipeline, those it was trained on too" };
        var set = new Option<string[]>("--set") { Description = "Overrides a value of the pipeline: --set data.path=photos" };
        var command = new Command(
            "evaluate",
            "Judges a bundle on labelled images.\n\nExamples:\n  ft evaluate out/quickstart/model.ftm photos\n  ft evaluate out/quickstart/model.ftm pipelines/quickstart.json") { bundle, data, all, set };
        command.SetAction((parse, cancellationToken) => Task.FromResult(
            Run(shell(parse), new Settings(parse.GetValue(bundle)!, parse.GetValue(data)!, parse.GetValue(all), parse.GetValue(set) ?? []), cancellationToken)));
        return command;
    }

    private static int Run(Shell shell, Settings settings, CancellationToken cancellationToken)
    {
        using var bundle = Bundle.Load(settings.Bundle, CommandServices.Default with { Cancellation = cancellationToken, Progress = shell.Progress });
        var result = Judge(bundle, settings);
        if (shell.Json)
            shell.WriteJson(result);
        else
            Write(shell, result.Metrics);
        foreach (var row in result.Rejected)
            shell.Error.WriteLine($"{row.Input}: {row.Reason}");
        return result.Rejected.Count > 0 ? ExitCodes.SomeRejected : ExitCodes.Ok;
    }

    private static BundleEvaluation Judge(Bundle bundle, Settings settings)
    {
        if (Directory.Exists(settings.Data))
            return BundleEvaluation.OnFolder(bundle, settings.Data);
        var definition = PipelineReader.Read(settings.Data, settings.Overrides);
        return settings.All ? BundleEvaluation.OnAll(bundle, definition) : BundleEvaluation.OnHeldOut(bundle, definition);
    }

    private static void Write(Shell shell, EvaluationResult result)
    {
        shell.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{MetricText.Of(result)} on {result.Rows} rows"));
        if (result.MultiLabel is { } several)
            WriteLabels(shell, several.Labels.Select(label => (label.Label, label.Count, label.Precision, label.Recall)));
        else if (result.PerClass.Count > 0)
            WriteLabels(shell, result.PerClass.Select(label => (label.Label, label.Count, label.Precision, label.Recall)));
    }

    private static void WriteLabels(Shell shell, IEnumerable<(string Label, int Count, double Precision, double Recall)> labels) => shell.WriteTable(
        ["label", "rows", "precision", "recall"],
        [.. labels.Select(label => (IReadOnlyList<string>)
        [
            label.Label,
            label.Count.ToString(CultureInfo.InvariantCulture),
            label.Precision.ToString("0.000", CultureInfo.InvariantCulture),
            label.Recall.ToString("0.000", CultureInfo.InvariantCulture),
        ])]);

    private sealed record Settings(string Bundle, string Data, bool All, IReadOnlyList<string> Overrides);
}
