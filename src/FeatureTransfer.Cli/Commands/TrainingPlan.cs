using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Cli.Commands;

/// <summary>What <c>ft train</c> was told, and the pipeline that follows from it.</summary>
internal sealed record TrainingPlan
{
    // With one round of folds the interval would hang on how the rows happened to fall.
    private const int Repeats = 3;

    /// <summary>The labelled images.</summary>
    public required string Data { get; init; }

    /// <summary>The column of a table with the images; null for <c>path</c>.</summary>
    public string? Column { get; init; }

    /// <summary>The column of a table with the labels; null for <c>label</c>.</summary>
    public string? Label { get; init; }

    /// <summary>An id of the catalogue, or the path of a card or an ONNX file.</summary>
    public required string Backbone { get; init; }

    /// <summary>The layers to tap; empty is the card's default.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>The share that is held out for the test.</summary>
    public required double TestFraction { get; init; }

    /// <summary>The folds of the cross-validation; null is as many as the images allow.</summary>
    public int? Folds { get; init; }

    /// <summary>The seed of everything random.</summary>
    public required int Seed { get; init; }

    /// <summary>The folder of the outputs; null is <c>out</c> and the data's name.</summary>
    public string? Output { get; init; }

    /// <summary>The file for the pipeline; null for none.</summary>
    public string? Save { get; init; }

    /// <summary>Whether what an earlier training wrote may be replaced.</summary>
    public bool Force { get; init; }

    // A pipeline that is saved says where things are from its own folder.
    private string? BaseFolder => Save is null ? null : Path.GetDirectoryName(Path.GetFullPath(Save));

    /// <summary>The pipeline.</summary>
    /// <exception cref="FeatureTransferException">The data cannot be learned from, or the outputs are there already.</exception>
    public PipelineDefinition Pipeline(CancellationToken cancellationToken)
    {
        var name = TrainingData.NameOf(Data);
        var outputs = new OutputOptions { Folder = Output ?? Path.Combine("out", name) };
        CheckNew(Path.Combine(outputs.Folder, outputs.Bundle!), "another folder by --output");
        CheckNew(Save, "another file by --save");
        var data = TrainingData.Of(Data, FromBase(Data), Column, Label);
        var classes = TrainingClasses.Of(data, new SourceContext(BaseFolder, new RejectedRowCollector(), cancellationToken) { Sql = CommandServices.Default.Sql });
        return new PipelineDefinition
        {
            Name = name,
            Seed = Seed,
            Data = data,
            Split = new SplitOptions { TestFraction = TestFraction, Folds = Folds ?? classes.Folds(TestFraction), Repeats = Repeats },
            Evaluation = new EvaluationOptions { Baseline = Baseline.RawPixels },
            Estimators =
            [
                new ExtractFeaturesStep { Backbone = File.Exists(Backbone) ? FromBase(Backbone) : Backbone, Layers = [.. Layers] },
                new MapValueToKeyStep { Output = DataSource.LabelColumn },
                new NormalizeMeanVarianceStep { Output = "Features", FixZero = false },
                new LbfgsMaximumEntropyStep { L1Regularization = 0, L2Regularization = 10 },
            ],
            Outputs = outputs with { Folder = FromBase(outputs.Folder) },
            BaseFolder = BaseFolder,
        };
    }

    private void CheckNew(string? file, string elsewhere)
    {
        if (!Force && Path.Exists(file))
            throw new FeatureTransferException($"{file}: exists already. Name {elsewhere}, or replace it by --force.");
    }

    /// <summary>A path as the pipeline writes it: from the folder of its own file, where it is saved.</summary>
    public string FromBase(string path) => BaseFolder is not { } folder || Path.IsPathRooted(path)
        ? path
        : Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
}
