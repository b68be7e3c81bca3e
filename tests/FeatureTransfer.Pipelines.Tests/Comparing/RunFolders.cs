using System.Globalization;
using System.Text.Json;
using FeatureTransfer.Pipelines.Comparing;

namespace FeatureTransfer.Pipelines.Tests.Comparing;

/// <summary>A temporary folder with the outputs of runs.</summary>
internal sealed class RunFolders : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("ft-runs-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>A run over classes of one letter each; gives the folder of its outputs.</summary>
    public string Write(string run, string labels, string predicted, int option = 1, Func<int, string>? name = null)
    {
        var right = labels.Zip(predicted).Count(pair => pair.First == pair.Second) / (double)labels.Length;
        var classes = labels.Distinct().Select(label => new { label = label.ToString(), precision = 1.0, recall = right, count = 1 });
        return Save(run, "multiclass", new { microAccuracy = right, task = "multiclass", perClass = classes }, option, ["input,label,predicted,confidence", .. labels.Select((label, row) => $"{name?.Invoke(row) ?? $"row{row}"},{label},{predicted[row]},0.9")]);
    }

    /// <summary>A run whose answers are so far above the truth.</summary>
    public string WriteNumbers(string run, params double[] above) =>
        Save(run, "regression", new { rSquared = 0.5, task = "regression" }, 1, ["input,truth,predicted", .. above.Select((distance, row) => string.Create(CultureInfo.InvariantCulture, $"row{row},10,{10 + distance}"))]);

    public string Page(RunComparison comparison)
    {
        var path = Path.Combine(Folder, "comparison.html");
        ComparisonReport.Write(comparison, path);
        return File.ReadAllText(path);
    }

    private string Save(string run, string task, object test, int option, string[] rows)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, string.Concat(run.Where(char.IsLetter)))).FullName;
        var metrics = new { name = run, task, seconds = 2.0, rows = 20, crossValidation = new { mean = new { microAccuracy = 0.5 }, interval = new { low = 0.4, high = 0.6 } }, test, pipeline = new { name = run, seed = option, data = new { type = "csv" } } };
        File.WriteAllText(Path.Combine(folder, "metrics.json"), JsonSerializer.Serialize(metrics));
        File.WriteAllLines(Path.Combine(folder, "predictions.csv"), rows);
        return folder;
    }
}
