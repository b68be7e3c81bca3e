using FeatureTransfer.Backbones;
using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Cli.Commands;

/// <summary>What <c>ft train</c> was told, and the pipeline that follows from it.</summary>
internal sealed record TrainingPlan
{
    // With one round of folds the interval would hang on how the rows happened to fall.
    private const int Repeats = 3;

    /// <summary>The labelled images, texts or recordings.</summary>
    public required string Data { get; init; }

    /// <summary>The column of a table with the images or recordings; null for <c>path</c>.</summary>
    public string? Column { get; init; }

    /// <summary>The column of a table with the texts; null where it has files.</summary>
    public string? Text { get; init; }

    /// <summary>The column of a table with the labels; null for <c>label</c>.</summary>
    public string? Label { get; init; }

    /// <summary>An id of the catalogue, or the path of a card or an ONNX file; null is the default for the data.</summary>
    public required string? Backbone { get; init; }

    /// <summary>The layers to tap; empty is the card's default.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>What the backbone computes in.</summary>
    public Precision Precision { get; init; }

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
        var data = TrainingData.Of(Data, FromBase(Data), Column, Text, Label);
        var modality = ModalityOf(data);
        var classes = TrainingClasses.Of(data, new SourceContext(BaseFolder, new RejectedRowCollector(), cancellationToken) { Sql = CommandServices.Default.Sql });
        return new PipelineDefinition
        {
            Name = name,
            Seed = Seed,
            Data = data,
            Split = new SplitOptions { TestFraction = TestFraction, Folds = Folds ?? classes.Folds(TestFraction), Repeats = Repeats },
            Evaluation = new EvaluationOptions { Baseline = modality switch { Modality.Text => Baseline.NGrams, Modality.Audio => Baseline.LogMel, _ => Baseline.RawPixels } },
            Estimators =
            [
                Features(data, modality),
                new MapValueToKeyStep { Output = DataSource.LabelColumn },
                new NormalizeMeanVarianceStep { Output = "Features", FixZero = false },
                new LbfgsMaximumEntropyStep { L1Regularization = 0, L2Regularization = modality == Modality.Text ? 30 : 10 },
            ],
            Outputs = outputs with { Folder = FromBase(outputs.Folder) },
            BaseFolder = BaseFolder,
        };
    }

    // A table of files says by the backbone what they are.
    private Modality ModalityOf(DataSource data)
    {
        var known = data switch
        {
            TextFolderSource or FieldSource { Texts.Count: > 0 } => Modality.Text,
            AudioFolderSource => Modality.Audio,
            ImageFolderSource or ArchiveSource => Modality.Image,
            _ => (Modality?)null,
        };
        if (Backbone is not { } backbone)
            return known ?? Modality.Image;
        var card = CommandServices.Default.Catalog.Get(backbone);
        return known is null || card.Modality == known
            ? card.Modality
            : throw new FeatureTransferException($"--backbone {backbone}: takes {card.Modality.ToString().ToLowerInvariant()}, and {Data} holds {known.ToString()!.ToLowerInvariant()}. Name another (ft models list), or leave it out.");
    }

    private ExtractFeaturesStep Features(DataSource data, Modality modality)
    {
        var backbone = Backbone ?? modality switch { Modality.Text => DefaultBackbone.Text, Modality.Audio => DefaultBackbone.Audio, _ => DefaultBackbone.Images };

        // The last layer of an encoder serves likeness of meaning, which the task need not be.
        IReadOnlyList<string> layers = Layers.Count == 0 && backbone == DefaultBackbone.Text ? ["layer5"] : Layers;
        return new ExtractFeaturesStep
        {
            Backbone = File.Exists(backbone) ? FromBase(backbone) : backbone,
            Input = modality == Modality.Text ? Text ?? TextFolderSource.TextColumn : DataSource.PathColumn,
            Layers = [.. layers],
            Precision = Precision,
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
