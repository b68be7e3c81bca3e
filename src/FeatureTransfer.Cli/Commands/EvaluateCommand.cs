using System.CommandLine;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft evaluate</c>: how well a bundle does on labelled rows.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var bundle = new Argument<string>("bundle") { Description = "The .ftm file" };
        var data = new Argument<string>("data") { Description = "A folder of class folders, whose files are images, recordings or .txt, by what the bundle reads; or a pipeline: its held-out rows" };
        var all = new Option<bool>("--all") { Description = "All rows of the pipeline, those it was trained on too" };
        var slices = new Option<string[]>("--slices") { Description = "Columns of the pipeline's table, with commas, whose values are judged apart: --slices camera,region", DefaultValueFactory = _ => [] };
        var set = new Option<string[]>("--set") { Description = "Overrides a value of the pipeline: --set data.path=photos" };
        var command = new Command(
            "evaluate",
            "Judges a bundle on labelled images, texts, recordings or rows of a table; warns where rows trained it, and where it has not learned a label.\n\nExamples:\n  ft evaluate out/quickstart/model.ftm photos\n  ft evaluate out/quickstart/model.ftm pipelines/quickstart.json") { bundle, data, all, slices, set };
        command.SetAction((parse, cancellationToken) => Task.FromResult(
            Run(shell(parse), new Settings(parse.GetValue(bundle)!, parse.GetValue(data)!, parse.GetValue(all), [.. Names.Split(parse.GetValue(slices)!)], parse.GetValue(set) ?? []), cancellationToken)));
        return command;
    }

    private static int Run(Shell shell, Settings settings, CancellationToken cancellationToken)
    {
        using var bundle = Bundle.Load(settings.Bundle, CommandServices.Default with { Logger = shell.Log, Cancellation = cancellationToken, Progress = shell.Progress });
        var result = Judge(bundle, settings);
        if (shell.Json)
            shell.WriteJson(result);
        else
            EvaluationText.Write(shell, result.Metrics, result.Calibration);
        Warn(shell.Error, result);
        foreach (var row in result.Rejected)
            shell.Error.WriteLine($"{row.Input}: {row.Reason}");
        return result.Rejected.Count > 0 ? ExitCodes.SomeRejected : ExitCodes.Ok;
    }

    private static void Warn(TextWriter error, BundleEvaluation result)
    {
        foreach (var note in result.Notes)
            error.WriteLine($"note: {note}");
        if (result.TrainedOn > 0)
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"warning: {result.TrainedOn} of the {result.Metrics.Rows} rows trained this model: the metrics flatter it. Judge it on rows that it has not seen."));
        if (result.UnknownLabels is { Count: > 0 } labels)
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"warning: the model has not learned {labels.Count} of the data's labels, whose rows count as mistakes: {Names.Few([.. labels.Select(label => Unknown(label, result.Metrics.Labels.Except(labels.Select(other => other.Label))))])}"));
    }

    private static string Unknown(UnknownLabel label, IEnumerable<string> known) =>
        string.Create(CultureInfo.InvariantCulture, $"{label.Label} ({label.Rows} rows{(NearestName.Find(label.Label, known, 1) is [var near] ? $"; near to '{near}'" : "")})");

    private static BundleEvaluation Judge(Bundle bundle, Settings settings)
    {
        if (Directory.Exists(settings.Data))
        {
            return settings.Slices.Count == 0
                ? BundleEvaluation.OnFolder(bundle, settings.Data)
                : throw new FeatureTransferException($"--slices names {string.Join(", ", settings.Slices)}, and the folder {settings.Data} has no columns. Name a pipeline whose data are a table.");
        }

        var definition = Sliced(PipelineReader.Read(settings.Data, settings.Overrides), settings.Slices);
        return settings.All ? BundleEvaluation.OnAll(bundle, definition) : BundleEvaluation.OnHeldOut(bundle, definition);
    }

    // A column that the model does not read is read for this.
    private static PipelineDefinition Sliced(PipelineDefinition definition, IReadOnlyList<string> slices)
    {
        if (slices.Count == 0)
            return definition;
        var missing = slices.Except(["Label", "Group"], StringComparer.Ordinal);
        return definition with
        {
            Evaluation = definition.Evaluation with { Slices = [.. slices] },
            Data = definition.Data is FieldSource fields ? fields with { Texts = [.. fields.Texts.Union(missing, StringComparer.Ordinal)] } : definition.Data,
        };
    }

    private sealed record Settings(string Bundle, string Data, bool All, IReadOnlyList<string> Slices, IReadOnlyList<string> Overrides);
}
