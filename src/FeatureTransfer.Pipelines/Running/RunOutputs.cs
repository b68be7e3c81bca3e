using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Reports;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Writes what a run gives.</summary>
internal sealed class RunOutputs(PipelineDefinition definition)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The folder of the outputs.</summary>
    public string Folder { get; } = PipelinePaths.Resolve(definition.Outputs.Folder, definition.BaseFolder);

    /// <summary>Checks that the folder can be written, before any work is done for it.</summary>
    /// <exception cref="FeatureTransferException">It cannot.</exception>
    public void Check()
    {
        var there = Folder;
        while (!Path.Exists(there) && Path.GetDirectoryName(there) is { } above)
            there = above;
        try
        {
            using var probe = new FileStream(Path.Combine(there, $".ft-{Environment.ProcessId}.tmp"), FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FeatureTransferException($"{definition.Name}: outputs.folder: nothing can be written in {Folder} ({exception.Message}) Name another folder.", exception);
        }
    }

    /// <summary>Saves the bundle, opens it again and checks that it answers as the model in memory does.</summary>
    public RunResult SaveBundle(KeptModel kept, SourceRows rows, DataViewSchema source, TrainingImages images, FeatureTransferServices services)
    {
        if (PathOf(definition.Outputs.Bundle) is not { } path)
            return kept.Result;
        BundleWriter.Write(path, definition, kept.Result, DataFingerprint.Of(rows), RowKeys.ToBytes(kept.Keys), DriftSample.Of(definition, kept.Model, kept.Sample), kept.Frozen, source, kept.Model);
        try
        {
            BundleCheck.Check(path, rows, kept.Model, kept.Rows, images, services);
        }
        catch
        {
            // Nobody is to use it.
            File.Delete(path);
            throw;
        }

        return kept.Result with { BundlePath = path };
    }

    /// <summary>Writes predictions, metrics, rejected rows and the report.</summary>
    public RunResult SaveRest(RunResult result)
    {
        if (PathOf(definition.Outputs.Rejected) is { } rejected)
            WriteRejected(result, rejected);
        if (PathOf(definition.Outputs.Predictions) is { } predictions)
            WriteOrDelete(predictions, result.Test, WritePredictions);
        if (PathOf(definition.Outputs.History) is { } history)
            WriteOrDelete(history, result.FineTuning, (stream, tuning) => WriteRecords(stream, tuning.History));
        if (PathOf(definition.Outputs.Metrics) is { } metrics)
            AtomicFile.WriteText(metrics, JsonSerializer.Serialize(Metrics(result), _json) + "\n");
        if (PathOf(definition.Outputs.Report) is not { } report)
            return result;
        var reported = result with { ReportPath = report };
        HtmlReport.Write(reported, report);
        return reported;
    }

    /// <summary>The full path of one of them; null stays.</summary>
    public string? PathOf(string? file) => file is null ? null : Path.Combine(Folder, file);

    private static void WriteRejected(RunResult result, string path)
    {
        var collector = new RejectedRowCollector();
        foreach (var row in result.Rejected)
            collector.Reject(row);
        collector.WriteJsonLinesOrDelete(path);
    }

    // What this run does not give, an earlier one does not pass for.
    private static void WriteOrDelete<T>(string path, T? content, Action<Stream, T> write)
        where T : class
    {
        if (content is not null)
            AtomicFile.Write(path, stream => write(stream, content));
        else if (File.Exists(path))
            File.Delete(path);
    }

    private static void WritePredictions(Stream stream, EvaluationResult test)
    {
        if (test.Regression is { } numbers)
            WriteRecords(stream, numbers.Predictions);
        else
            WriteRecords(stream, test.Predictions, [.. test.Limits?.Sets is null ? [nameof(PredictionRow.Set)] : (string[])[], .. test.Limits?.Unknown is null ? [nameof(PredictionRow.Unknown)] : (string[])[]]);
    }

    private static void WriteRecords<T>(Stream stream, IEnumerable<T> rows, params IReadOnlyList<string> without)
    {
        using var text = new StreamWriter(stream, leaveOpen: true);
        using var csv = new CsvWriter(text, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (var column in csv.Context.AutoMap<T>().MemberMaps)
            column.Name(JsonNamingPolicy.CamelCase.ConvertName(column.Data.Member!.Name)).Ignore(without.Contains(column.Data.Member.Name));
        csv.WriteRecords(rows);
    }

    // Rows have a file of their own, and curves are for the report.
    private static EvaluationResult? MetricsOnly(EvaluationResult? test) => test is null ? null : test with { Predictions = [], Regression = null, Binary = null };

    private static object Metrics(RunResult result) => new
    {
        result.Name,
        Task = JsonNamingPolicy.CamelCase.ConvertName(result.Task.ToString()),
        result.Started,
        Seconds = result.Elapsed.TotalSeconds,
        result.Rows,
        result.TrainRows,
        result.TestRows,
        result.ClassRows,
        result.Seed,
        Rejected = result.Rejected.Count,
        result.Notes,
        result.Threshold,
        result.CrossValidation,
        Search = result.Search is { } search ? new { Strategy = JsonNamingPolicy.CamelCase.ConvertName(search.Strategy.ToString()), search.Rows, search.Seconds, search.Resumed, search.OutOfTime, search.Trials } : null,
        Baseline = result.Baseline is { } baseline ? baseline with { Test = MetricsOnly(baseline.Test) } : null,
        Target = result.Target is { } target ? new { target.Keep, target.Why, target.SourceRows, target.TargetRows, target.TestRows, target.ClassShift, target.Candidates, target.Calibration, target.Limits, target.LimitRows, Rejected = target.Rejected.Count } : null,
        result.Calibration,
        FewShot = result.FewShot.Count > 0 ? result.FewShot.Select(draws => new { draws.Shots, draws.Mean, draws.HalfWidth, draws.Accuracies }) : null,
        Probes = result.Probes.Count > 0 ? result.Probes : null,
        FineTuning = result.FineTuning is { } tuning ? new { tuning.Metric, tuning.FrozenMetric, tuning.TunedMetric, tuning.Gain, tuning.KeptTuned, tuning.Verdict, tuning.LearningRate, tuning.TunedWeights } : null,
        Gate = result.Gate is { } gate ? GateFacts.Of(gate) : null,
        Test = MetricsOnly(result.Test),
        result.StageSeconds,
        Pipeline = JsonNode.Parse(result.Pipeline),
        result.Versions,
    };
}
