using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;

namespace FeatureTransfer.Pipelines.Comparing;

/// <summary>Reads the metrics and predictions that a run wrote.</summary>
internal static class ComparedRunReader
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);
    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false };
    private static readonly CsvConfiguration _csv = new(CultureInfo.InvariantCulture) { PrepareHeaderForMatch = header => header.Header.ToLowerInvariant() };

    /// <summary>Reads a run.</summary>
    /// <param name="path">The folder of its outputs, or the file with its metrics.</param>
    /// <exception cref="FeatureTransferException">Something of it is missing or wrong; the message says what to do.</exception>
    public static ComparedRun Read(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, "metrics.json") : path;
        if (!File.Exists(file))
            throw new FeatureTransferException($"{path}: there is no file {file}. Name the folder of a run's outputs, or the metrics in it; 'ft run' writes them unless outputs.metrics is null.");
        try
        {
            return Read(file, JsonNode.Parse(File.ReadAllText(file), null, _strict) as JsonObject ?? throw new JsonException("It is no object."));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new FeatureTransferException($"{file}: is not the metrics.json of a run ({exception.Message}) Name the outputs of 'ft run' or 'ft train'.", exception);
        }
    }

    private static ComparedRun Read(string file, JsonObject metrics)
    {
        var task = Enum.Parse<PipelineTask>(Member(metrics, "task").GetValue<string>(), ignoreCase: true);
        if (metrics["test"] is not JsonObject test)
            throw new FeatureTransferException($"{file}: the run held no rows out, so there is nothing to compare. Set split.testFraction above 0 and run the pipeline again.");
        var folds = metrics["crossValidation"];
        return new ComparedRun
        {
            Name = Member(metrics, "name").GetValue<string>(),
            Path = file,
            Task = task,
            Rows = Member(metrics, "rows").GetValue<int>(),
            Seconds = Member(metrics, "seconds").GetValue<double>(),
            Test = [.. test.TakeWhile(member => member.Key != "task").Where(member => member.Value is not null).Select(member => MetricSetConverter.Metric(member.Key, member.Value!.GetValue<double>()))],
            Folds = folds?["mean"].Deserialize<MetricSet>(_json) ?? [],
            FoldsInterval = folds?["interval"].Deserialize<Interval?>(_json),
            PerClass = [.. (test["perClass"].Deserialize<ClassResult?[]>(_json) ?? []).OfType<ClassResult>()],
            Judged = Judged(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, Path.GetFileName(metrics["pipeline"]?["outputs"]?["predictions"]?.GetValue<string>() ?? "predictions.csv")), task),
            Pipeline = metrics["pipeline"],
        };
    }

    private static JsonNode Member(JsonObject json, string name) => json[name] ?? throw new JsonException($"It has no '{name}'.");

    private static IReadOnlyList<JudgedRow> Judged(string path, PipelineTask task)
    {
        if (!File.Exists(path))
            throw new FeatureTransferException($"{path}: this file with the run's predictions is missing, and runs are compared row by row. Set outputs.predictions and run the pipeline again.");
        try
        {
            using var text = new StreamReader(path);
            using var csv = new CsvReader(text, _csv);
            csv.Read();
            csv.ReadHeader();
            return [.. Rows(csv, task)];
        }
        catch (Exception exception) when (exception is CsvHelperException or FormatException)
        {
            throw new FeatureTransferException($"{path}: is not the predictions of a run of the task {JsonNamingPolicy.CamelCase.ConvertName(task.ToString())}. Run the pipeline again.", exception);
        }
    }

    private static IEnumerable<JudgedRow> Rows(CsvReader csv, PipelineTask task)
    {
        while (csv.Read())
        {
            var (input, label, predicted) = (csv.GetField("input")!, csv.GetField(task == PipelineTask.Regression ? "truth" : "label")!, csv.GetField("predicted")!);
            yield return new JudgedRow(input, label, predicted, task == PipelineTask.Regression ? Math.Abs(Number(label) - Number(predicted)) : label == predicted ? 0 : 1);
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
