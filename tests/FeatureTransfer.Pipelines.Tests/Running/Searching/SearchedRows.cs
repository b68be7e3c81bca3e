using System.Globalization;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>A temporary folder with rows of three classes, which the number x tells and y and z do not, and a pipeline over them.</summary>
internal sealed class SearchedRows : IDisposable
{
    public const int Count = 120;

    public SearchedRows() => Write(_ => false);

    public string Folder { get; } = Directory.CreateTempSubdirectory("ft-search-").FullName;

    public string Trials => Path.Combine(Folder, "out", "trials.jsonl");

    public SearchedOption Inputs { get; } = SearchedOption.AmongLists("estimators[0].inputs", ["y"], ["x"], ["z"]);

    /// <summary>Writes the rows; those that are spoilt have nothing to tell.</summary>
    public void Write(Func<int, bool> isSpoilt)
    {
        var random = new Random(7);
        var lines = Enumerable.Range(0, Count).Select(row => string.Create(
            CultureInfo.InvariantCulture, $"{(row % 3 * 4) + random.NextDouble():R},{random.NextDouble():R},{random.NextDouble():R},{"abc"[row % 3]}")).ToList();
        for (var row = 0; row < Count; row++)
        {
            if (isSpoilt(row))
                lines[row] = $"5,5,5,{"abc"[row % 3]}";
        }

        File.WriteAllText(Path.Combine(Folder, "rows.csv"), "x,y,z,label\n" + string.Join('\n', lines) + "\n");
    }

    public PipelineDefinition Pipeline(SearchOptions search) => (PipelineDefinition.From(new CsvSource { Path = "rows.csv", Image = null, Numbers = ["x", "y", "z"] }, "rows")
        .Split(new SplitOptions { Folds = 3 })
        .Append(new ConcatenateStep { Output = "Features", Inputs = ["y"] })
        .Append(new MapValueToKeyStep { Output = "Label" })
        .Append(new LbfgsMaximumEntropyStep { L1Regularization = 0, L2Regularization = 0.01f })
        .Search(search)
        .Build()) with
    { BaseFolder = Folder };

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
