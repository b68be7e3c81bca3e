using System.Security.Cryptography;
using System.Text;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;
using FeatureTransfer.Splits;
using Microsoft.ML;

namespace FeatureTransfer.Benchmarks.FineTuning;

/// <summary>A pipeline of which each fold is trained and judged by itself, row by row.</summary>
internal sealed class ComparedChain
{
    private readonly PipelineDefinition _definition;
    private readonly Table _table;

    public ComparedChain(string name, PipelineDefinition definition)
    {
        (Name, _definition) = (name, definition);
        var build = Build(definition.Seed);
        var source = definition.Data.Read(new SourceContext(definition.BaseFolder, new RejectedRowCollector(), CancellationToken.None)).Limited(definition.Data.Limit);
        var rows = source.ToTable();
        var frozen = ChainModel.Fit(ChainModel.Frozen(definition), rows, build);
        using var extractors = new Extractors(frozen);
        _table = UsableImages.Of(definition, TableReader.Read(frozen.Transform(rows), CancellationToken.None), new TrainingImages(definition, source, CancellationToken.None), build);
    }

    /// <summary>What to call it.</summary>
    public string Name { get; }

    /// <summary>The images.</summary>
    public IReadOnlyList<string> Paths => _table.Text(DataSource.PathColumn)!;

    /// <summary>The group of each row; a row without one is its own.</summary>
    public IReadOnlyList<string> Groups => RowGroups.Of(_definition, _table) ?? Paths;

    /// <summary>A hash of the pipeline, its outputs aside: what was found for one holds for it alone.</summary>
    public string Key { get; private init; } = "";

    /// <summary>The folds of a seed, as the pipeline's own cross-validation cuts them.</summary>
    public IReadOnlyList<SplitRows> Folds(int folds, int seed) => Splitter.Folds(RowGroups.Strata(_definition, _table), RowGroups.Of(_definition, _table), folds, seed + 1);

    /// <summary>Trains on one side of a fold and tells of each row of the other whether it is right.</summary>
    /// <param name="rows">The fold.</param>
    /// <param name="seed">The seed of the training.</param>
    public bool[] Judge(SplitRows rows, int seed)
    {
        var steps = ChainModel.Trained(_definition).Select(step => step is FineTuneStep tune ? tune with { Options = tune.Options with { Seed = seed } } : step);
        var model = ChainModel.Fit(steps, _table.Select(rows.Train), Build(seed));
        var test = _table.Select(rows.Test);
        var judged = TaskRules.Of(_definition).Judge(ChainModel.Score(model, test), ChainModel.Inputs(test), LabelTexts.Of(_definition, test));
        bool[] right = [.. judged.Predictions.Select(row => row.Label == row.Predicted)];
        foreach (var part in model)
            (part as IDisposable)?.Dispose();
        return right;
    }

    /// <summary>Reads a pipeline and what is laid over it.</summary>
    public static ComparedChain Read(string name, string path, params IReadOnlyList<string> overrides)
    {
        var definition = PipelineReader.Read(path, overrides);
        var text = PipelineWriter.ToJson(definition with { Outputs = new(), Description = "", Seed = 0 });
        return new ComparedChain(name, definition) { Key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16] };
    }

    private StepBuild Build(int seed) =>
        new(new MLContext(seed), FeatureTransferServices.Default with { Rejected = new RejectedRowCollector() }, _definition.BaseFolder);
}
