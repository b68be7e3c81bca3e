using FeatureTransfer.Devices;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Features of a frozen backbone.</summary>
public sealed record ExtractFeaturesStep : PipelineStep
{
    /// <summary>The column that is added. Default <c>Features</c>.</summary>
    public string Output { get; init; } = "Features";

    /// <summary>The column that is read. Default <c>ImagePath</c>.</summary>
    public string Input { get; init; } = "ImagePath";

    /// <summary>A second column of text, the other half of a pair; null, the default, is none.</summary>
    public string? Pair { get; init; }

    /// <summary>The backbone: an id of the catalogue, or the path of a card or an ONNX file.</summary>
    public required string Backbone { get; init; }

    /// <summary>The layers to tap; empty is the card's default.</summary>
    public ValueList<string> Layers { get; init; } = [];

    /// <summary>How a layer becomes a vector; null is the card's default.</summary>
    public Onnx.Pooling? Pooling { get; init; }

    /// <summary>What changes in the card's image preprocessing. Default: nothing.</summary>
    public PreprocessingOverride Preprocessing { get; init; } = new();

    /// <summary>How a text becomes tokens. Default: as the card says, cut at its length.</summary>
    public Inputs.Text.TextPreprocessing Text { get; init; } = new();

    /// <summary>Whether each layer's vector is divided by its length. Default false.</summary>
    public bool UnitLength { get; init; }

    /// <summary>Rows a run of the backbone. Default, and null: chosen (<c>"auto"</c> in JSON).</summary>
    public int? BatchSize { get; init; }

    /// <summary>Inputs prepared at once. Default, and null: one a core.</summary>
    public int? DecodeThreads { get; init; }

    /// <summary>Threads within a run of the backbone. Default, and null: chosen.</summary>
    public int? IntraOpThreads { get; init; }

    /// <summary>Runs of the backbone at once. Default, and null: chosen.</summary>
    public int? Sessions { get; init; }

    /// <summary>What the backbone computes in. Default <see cref="Extraction.Precision.Float32"/>.</summary>
    public Extraction.Precision Precision { get; init; }

    /// <summary>From how many of the first rows int8 takes its ranges. Default 50.</summary>
    public int CalibrationRows { get; init; } = 50;

    /// <summary>The least mean cosine similarity of int8's features to those in floats. Default 0.99.</summary>
    public double MinimumSimilarity { get; init; } = 0.99;

    /// <summary>What the backbone runs on. Default <see cref="Device.Auto"/>.</summary>
    public Device Device { get; init; } = Device.Auto;

    /// <summary>Whether the feature cache is used. Default true.</summary>
    public bool UseCache { get; init; } = true;
}
