namespace FeatureTransfer.Backbones;

/// <summary>A backbone that lies on this machine as ONNX.</summary>
/// <param name="Card">What is known of it.</param>
/// <param name="OnnxPath">The ONNX file.</param>
/// <param name="Sha256">SHA-256 of the ONNX file, in hexadecimal.</param>
public sealed record Backbone(ModelCard Card, string OnnxPath, string Sha256)
{
    /// <summary>Reads the ONNX file. One for images is given an input of 32-bit floats in three channels, whatever it was exported with, and no other.</summary>
    /// <exception cref="FeatureTransferException">The file is no ONNX model, or the card does not fit it.</exception>
    public OnnxModel LoadModel()
    {
        var model = OnnxModel.Load(OnnxPath);
        return Card.Modality == Modality.Image ? ImageTensor.Prepare(model, Card) : model;
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
