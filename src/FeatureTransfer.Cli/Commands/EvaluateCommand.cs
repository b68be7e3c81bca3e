using System.CommandLine;
using System.Globalization;
using FeatureTransfer.Cli.Terminal;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft evaluate</c>: how well a bundle does on a folder of class folders.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var bundle = new Argument<string>("bundle") { Description = "The .ftm file" };
        var folder = new Argument<string>("folder") { Description = "A folder of class folders" };
        var command = new Command("evaluate", "Judges a bundle on labelled images.\n\nExample: ft evaluate out/quickstart/model.ftm photos") { bundle, folder };
        command.SetAction(parse => Run(shell(parse), parse.GetValue(bundle)!, parse.GetValue(folder)!));
        return command;
    }

    private static int Run(Shell shell, string path, string folder)
    {
        using var bundle = Bundle.Load(path);
        var result = BundleEvaluation.OnFolder(bundle, folder);
        if (shell.Json)
            shell.WriteJson(result);
        else
            Write(shell, result.Metrics);
        foreach (var row in result.Rejected)
            shell.Error.WriteLine($"{row.Input}: {row.Reason}");
        return result.Rejected.Count > 0 ? ExitCodes.SomeRejected : ExitCodes.Ok;
    }

    private static void Write(Shell shell, EvaluationResult result)
    {
        shell.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"accuracy {result.MicroAccuracy:0.000}, mean over labels {result.MacroAccuracy:0.000}, log-loss {result.LogLoss:0.000} on {result.Predictions.Count} rows"));
        shell.WriteTable(
            ["label", "rows", "precision", "recall"],
            [.. result.PerClass.Select(label => (IReadOnlyList<string>)
            [
                label.Label,
                label.Count.ToString(CultureInfo.InvariantCulture),
                label.Precision.ToString("0.000", CultureInfo.InvariantCulture),
                label.Recall.ToString("0.000", CultureInfo.InvariantCulture),
            ])]);
    }
}
