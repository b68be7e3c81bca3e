using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Running.Adapting;

/// <summary>A temporary folder with tables of two domains, whose three classes lie in corners of a plane, and a pipeline over them.</summary>
internal sealed class TwoStyles : IDisposable
{
    public const int Count = 120;

    public string Folder { get; } = Directory.CreateTempSubdirectory("ft-domains-").FullName;

    /// <summary>A pipeline that learns from the rows where they are.</summary>
    public PipelineDefinition Pipeline(TargetOptions? target = null, bool group = false)
    {
        var builder = PipelineDefinition.From(Write("source.csv", 0), "domains")
            .Split(new SplitOptions { Folds = 2, GroupColumn = group ? "item" : null })
            .Append(new ConcatenateStep { Output = "Features", Inputs = ["x", "y"] })
            .Append(new MapValueToKeyStep { Output = "Label" })
            .Append(new LbfgsMaximumEntropyStep { L2Regularization = 0.1f })
            .Write(new OutputOptions { Folder = "out" });
        return (target is null ? builder : builder.Target(target)).Build() with { BaseFolder = Folder };
    }

    /// <summary>Writes a domain.</summary>
    /// <param name="name">The file.</param>
    /// <param name="moved">How far its rows are moved along both axes.</param>
    /// <param name="rare">Of how many rows one is of the class b; 3 has three classes alike, another number has two.</param>
    /// <param name="labelled">Whether it has labels.</param>
    public CsvSource Write(string name, double moved, int rare = 3, bool labelled = true)
    {
        var random = new Random(7);
        File.WriteAllLines(
            Path.Combine(Folder, name),
            Enumerable.Range(0, Count).Select(row =>
            {
                var kind = row % rare == 0 ? "b" : row % 3 == 1 && rare == 3 ? "c" : "a";
                var (x, y) = kind switch { "a" => (0, 0), "b" => (3, 0), _ => (0, 3) };
                return FormattableString.Invariant($"{x + moved + (0.5 * (random.NextDouble() + random.NextDouble() - 1))},{y + moved + (0.5 * (random.NextDouble() + random.NextDouble() - 1))},{(labelled ? kind : "")},i{row},{(row % 4 < 2 ? "source" : "target")}");
            }).Prepend("x,y,label,item,style"));
        return new CsvSource { Path = name, Image = null, Texts = ["item"], Numbers = ["x", "y"] };
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
