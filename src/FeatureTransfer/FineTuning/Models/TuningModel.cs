namespace FeatureTransfer.FineTuning;

/// <summary>A backbone with a head on it: image, features, head, logits, scores.</summary>
/// <param name="Model">The whole graph, as it runs after training.</param>
/// <param name="FeatureModel">The graph from the image to the features, without the head.</param>
/// <param name="Layout">The names that matter in it.</param>
/// <param name="Shapes">The shape of each tensor of the backbone, for a batch of one.</param>
/// <param name="FloatTensors">The tensors of the backbone that hold floats.</param>
internal sealed record TuningModel(
    OnnxModel Model, OnnxModel FeatureModel, TuningLayout Layout, IReadOnlyDictionary<string, long[]> Shapes, IReadOnlySet<string> FloatTensors)
{
    /// <summary>The name of the graph's input, the image.</summary>
    public string Image => Model.Inputs[0].Name;

    /// <summary>The numbers a row that the head reads.</summary>
    public int FeatureLength => (int)Model.Proto.Graph.Initializer.Single(tensor => tensor.Name == Layout.FirstWeight).Dims[0];

    /// <summary>The values a row that the head gives.</summary>
    public int Outputs => (int)Model.Proto.Graph.Initializer.Single(tensor => tensor.Name == Layout.Weights[^2]).Dims[1];
}
