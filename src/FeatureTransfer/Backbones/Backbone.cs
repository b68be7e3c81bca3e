using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Audio;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Inputs.Text.Tokenizers;

namespace FeatureTransfer.Backbones;

/// <summary>A backbone that lies on this machine as ONNX.</summary>
/// <param name="Card">What is known of it.</param>
/// <param name="OnnxPath">The ONNX file.</param>
/// <param name="Sha256">SHA-256 of the ONNX file, in hexadecimal.</param>
public sealed record Backbone(ModelCard Card, string OnnxPath, string Sha256)
{
    /// <summary>The files of the tokenizer, in the card's order.</summary>
    public IReadOnlyList<string> TokenizerPaths { get; init; } = [];

    /// <summary>Reads the ONNX file. One for images is given an input of 32-bit floats in three channels, whatever it was exported with, and no other.</summary>
    /// <exception cref="FeatureTransferException">The file is no ONNX model, or the card does not fit it.</exception>
    public OnnxModel LoadModel()
    {
        // The store replaces files and never changes one; what other programs do with theirs is not known.
        var model = Card.Source.Kind == ModelSourceKind.Path ? OnnxModel.Load(OnnxPath) : OnnxModel.Map(OnnxPath, Sha256);
        return Card.Modality switch
        {
            Modality.Image => ImageTensor.Prepare(model, Card),
            Modality.Text => TokenTensors.Prepare(model, Card),
            _ => model,
        };
    }

    /// <summary>How values become the model's input.</summary>
    /// <param name="changes">What stands for the card's preprocessing; null is the card's.</param>
    /// <exception cref="FeatureTransferException">The card lacks what this takes, the changes are for another kind of values, or a file cannot be read.</exception>
    internal Preparation Prepare(Preprocessing? changes)
    {
        if (changes is not null && changes.Modality != Card.Modality)
            throw new FeatureTransferException($"{Card.Origin}: the backbone '{Card.Id}' takes {Card.Modality.ToString().ToLowerInvariant()}, and the preprocessing given is for {changes.Modality.ToString().ToLowerInvariant()}.");
        changes?.Validate();
        Card.CheckUsable();
        return Card.Modality switch
        {
            Modality.Audio => new AudioPreparation((AudioPreprocessing?)changes ?? Card.Audio, Card.InputName ?? "samples"),
            Modality.Text => new TextPreparation(TextSettings((TextPreprocessing?)changes ?? new TextPreprocessing())),
            _ => new ImagePreparation((ImagePreprocessing?)changes ?? Card.Preprocessing),
        };
    }

    private TextSettings TextSettings(TextPreprocessing preprocessing)
    {
        var tokenizer = Card.Tokenizer!;
        if (preprocessing.MaxTokens > tokenizer.MaxTokens)
            throw new FeatureTransferException($"{Card.Origin}: {nameof(preprocessing.MaxTokens)} is {preprocessing.MaxTokens}, and the backbone '{Card.Id}' reads {tokenizer.MaxTokens} at most. Use windows for longer texts.");
        return new TextSettings
        {
            Tokenizer = tokenizer.Options,
            Files = [.. tokenizer.Files.Zip(TokenizerPaths, (file, path) => new TokenizerFile(file.Name, File.ReadAllBytes(path)))],
            Inputs = Card.Inputs,
            MaxTokens = preprocessing.MaxTokens ?? tokenizer.MaxTokens,
            LongText = preprocessing.LongText,
            Overlap = preprocessing.Overlap,
            Prefix = preprocessing.Prefix,
        };
    }

    /// <summary>The tensors to tap: the layers named, else the card's, else the model's first output.</summary>
    /// <param name="model">The backbone's model.</param>
    /// <param name="layers">Aliases, tensors or <see cref="ModelCard.Penultimate"/>; null or empty is the default.</param>
    public IReadOnlyList<string> ResolveLayers(OnnxModel model, IReadOnlyList<string>? layers)
    {
        ArgumentNullException.ThrowIfNull(model);
        var named = layers is { Count: > 0 } ? layers : Card.DefaultLayers;
        return named.Count > 0 ? [.. named.Select(name => Resolve(model, name))] : [model.Outputs[0].Name];
    }

    private string Resolve(OnnxModel model, string layer) => layer == ModelCard.Penultimate && !Card.Layers.ContainsKey(layer)
        ? ClassifierInput.Find(model) ?? model.Outputs[0].Name
        : Card.ResolveLayer(layer);
}
