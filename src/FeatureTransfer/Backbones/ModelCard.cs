using System.Text.Json.Serialization;
using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Audio;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Inputs.Text;

namespace FeatureTransfer.Backbones;

/// <summary>What has to be known of a pretrained backbone, as data: adding a backbone is adding one card.</summary>
public sealed record ModelCard
{
    /// <summary>The layer that stands, in any model, for what its classifier takes: the input of the last fully connected layer.</summary>
    public const string Penultimate = "penultimate";

    /// <summary>The JSON schema that the card names for editors; it is not read.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary><c>architecture.tag</c>, for example <c>resnet_18.mlnet</c>.</summary>
    public required string Id { get; init; }

    /// <summary>One sentence about it.</summary>
    public string Description { get; init; } = "";

    /// <summary>Where the weights come from.</summary>
    public required ModelSource Source { get; init; }

    /// <summary>SHA-256 of the source files, joined in their order, or of the resource, in hexadecimal; null is unchecked.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The size of what <see cref="Sha256"/> is taken of, in bytes; null is not stated.</summary>
    public long? SizeInBytes { get; init; }

    /// <summary>SHA-256, in hexadecimal, of the files beside an ONNX model of one's own that hold its weights, by the names that the model has for them.</summary>
    public IReadOnlyDictionary<string, string> ExternalData { get; init; } = new Dictionary<string, string>();

    /// <summary>The licence of the weights, as an SPDX identifier.</summary>
    public string? Licence { get; init; }

    /// <summary>The paper, for example <c>arXiv:1801.04381</c>.</summary>
    public string? Paper { get; init; }

    /// <summary>Accuracy from 0 to 1 that a linear classifier reached on the default layers, by data set; docs/accuracy.md says how it was measured.</summary>
    public IReadOnlyDictionary<string, double> Accuracy { get; init; } = new Dictionary<string, double>();

    /// <summary>What the backbone takes. Default <see cref="Modality.Image"/>.</summary>
    public Modality Modality { get; init; }

    /// <summary>The name of the input; null is the model's only one.</summary>
    public string? InputName { get; init; }

    /// <summary>What inputs beside the image are filled with, by name; a boolean is true unless 0.</summary>
    public IReadOnlyDictionary<string, double> OtherInputs { get; init; } = new Dictionary<string, double>();

    /// <summary>How an image becomes the input. Models of one channel get the brightness of what this makes.</summary>
    public ImagePreprocessing Preprocessing { get; init; } = new();

    /// <summary>How a recording becomes the input, for audio.</summary>
    public AudioPreprocessing Audio { get; init; } = new();

    /// <summary>The tokenizer, for text; null where the backbone takes something else.</summary>
    public TokenizerCard? Tokenizer { get; init; }

    /// <summary>What the inputs are called, for text.</summary>
    public TokenInputs Inputs { get; init; } = new();

    /// <summary>Names for layers worth tapping: alias to tensor.</summary>
    public IReadOnlyDictionary<string, string> Layers { get; init; } = new Dictionary<string, string>();

    /// <summary>The layers that are tapped when none is named: aliases, tensors or <see cref="Penultimate"/>. Empty is the model's first output.</summary>
    public IReadOnlyList<string> DefaultLayers { get; init; } = [];

    /// <summary>The pooling when none is named. Default <see cref="Pooling.Avg"/>.</summary>
    public Pooling DefaultPooling { get; init; } = Pooling.Avg;

    /// <summary>The names of the classes that it tells apart, in the order of its scores; none where it is used for its features alone.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>What the backbone gave for some inputs when the card was written.</summary>
    public IReadOnlyList<GoldenVector> Golden { get; init; } = [];

    /// <summary>The file that the card was read from, or what it was made from.</summary>
    [JsonIgnore]
    public string Origin { get; init; } = "";

    /// <summary>The tensor that an alias stands for; a name that is no alias is a tensor's own.</summary>
    /// <param name="layer">An alias or a tensor.</param>
    public string ResolveLayer(string layer) => Layers.TryGetValue(layer, out var tensor) ? tensor : layer;

    /// <summary>Checks that inputs can be prepared for the backbone; nothing is fetched.</summary>
    /// <exception cref="FeatureTransferException">It takes text, and the card names no tokenizer.</exception>
    internal void CheckUsable()
    {
        if (Modality == Modality.Text && Tokenizer is null)
            throw new FeatureTransferException($"{Origin}: the backbone '{Id}' takes text, and its card names no tokenizer. Add \"tokenizer\": {{ \"kind\": ..., \"files\": [...] }}, as model-card.schema.json describes it.");
    }

    /// <summary>The card, where its backbone takes images.</summary>
    /// <exception cref="FeatureTransferException">It takes something else.</exception>
    internal ModelCard ForImages() => Modality == Modality.Image
        ? this
        : throw new FeatureTransferException($"{Origin}: the backbone '{Id}' takes {Modality.ToString().ToLowerInvariant()}, and an image is at hand. Name a backbone for images; 'ft models list' has them.");
}
