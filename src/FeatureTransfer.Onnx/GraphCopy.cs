using ElementType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx;

/// <summary>Copies of models that have the very weights of the original: these are most of a model, and nobody changes them in place.</summary>
internal static class GraphCopy
{
    // Smaller tensors may say what shape others have.
    private const long ManyNumbers = 1024;

    /// <summary>A model with another graph.</summary>
    public static ModelProto With(ModelProto model, GraphProto graph)
    {
        var copy = new ModelProto { Graph = graph };
        if (model.HasIrVersion)
            copy.IrVersion = model.IrVersion;
        if (model.HasProducerName)
            copy.ProducerName = model.ProducerName;
        if (model.HasProducerVersion)
            copy.ProducerVersion = model.ProducerVersion;
        if (model.HasDomain)
            copy.Domain = model.Domain;
        if (model.HasModelVersion)
            copy.ModelVersion = model.ModelVersion;
        if (model.HasDocString)
            copy.DocString = model.DocString;
        copy.OpsetImport.AddRange(model.OpsetImport.Select(opset => opset.Clone()));
        copy.MetadataProps.AddRange(model.MetadataProps.Select(property => property.Clone()));
        copy.Functions.AddRange(model.Functions.Select(function => function.Clone()));
        return copy;
    }

    /// <summary>A copy whose nodes, inputs and outputs can be changed, and weights be added.</summary>
    public static OnnxModel SharingWeights(OnnxModel model) => Copy(model, _ => false);

    /// <summary>The same with large weights of floats as inputs: for questions about shapes they need not be there.</summary>
    public static OnnxModel WithoutWeights(OnnxModel model) => Copy(model, IsLarge);

    private static OnnxModel Copy(OnnxModel model, Func<TensorProto, bool> isInput)
    {
        var graph = model.Proto.Graph;
        var copy = new GraphProto();
        if (graph.HasName)
            copy.Name = graph.Name;
        if (graph.HasDocString)
            copy.DocString = graph.DocString;
        copy.Node.AddRange(graph.Node.Select(node => node.Clone()));
        copy.Initializer.AddRange(graph.Initializer.Where(tensor => !isInput(tensor)));
        copy.Input.AddRange(graph.Input.Select(value => value.Clone()));
        copy.Output.AddRange(graph.Output.Select(value => value.Clone()));
        copy.ValueInfo.AddRange(graph.ValueInfo.Select(value => value.Clone()));

        // Old files list all weights among the inputs.
        var declared = graph.Input.Select(value => value.Name).ToHashSet(StringComparer.Ordinal);
        copy.Input.AddRange(graph.Initializer.Where(tensor => isInput(tensor) && !declared.Contains(tensor.Name)).Select(tensor => GraphBuilder.FloatValue(tensor.Name, [.. tensor.Dims])));
        return new OnnxModel(With(model.Proto, copy), model.Name);
    }

    private static bool IsLarge(TensorProto tensor) => tensor.DataType == (int)ElementType.Float && tensor.Dims.Aggregate(1L, (product, size) => product * size) > ManyNumbers;

}
