using FeatureTransfer.Extraction;
using FeatureTransfer.Models;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.Data;

namespace FeatureTransfer.Export;

/// <summary>A chain with a feature extraction as one ONNX graph: the backbone, and behind it what ML.NET's converter makes of the rest.</summary>
internal static class OnnxExport
{
    private const string PreprocessingKey = "featuretransfer.preprocessing";

    // How the converter calls the columns that a chain gives.
    private const string Suffix = ".output";

    /// <summary>The graph, from the images' tensor to the columns of the last steps.</summary>
    public static OnnxModel Of(ModelOperationsCatalog catalog, ITransformer model, IDataView rows)
    {
        var steps = Flatten(model);
        var place = steps.FindIndex(step => step is ExtractFeaturesTransformer);
        if (place < 0 || steps.FindLastIndex(step => step is IModelPart) != place)
            throw new FeatureTransferException("The chain cannot become one ONNX graph: it needs exactly one ExtractFeatures, and steps of ML.NET's own behind it. A tuned network is written by its SaveOnnx.");
        var extraction = (ExtractFeaturesTransformer)steps[place];
        var input = extraction.Transform(new TransformerChain<ITransformer>([.. steps.Take(place)]).Transform(rows));
        var head = Head(catalog, new TransformerChain<ITransformer>([.. steps.Skip(place + 1)]), input);
        var outputs = head.Outputs.Where(output => output.Name.EndsWith(Suffix, StringComparison.Ordinal) && !input.Schema.Any(column => column.Name + Suffix == output.Name))
            .Select(output => (output.Name, output.Name[..^Suffix.Length])).ToList();
        if (outputs.Count == 0)
            throw new FeatureTransferException($"The steps behind ExtractFeatures give no column of their own that the converter writes; it gives {string.Join(", ", head.Outputs.Select(output => output.Name))}.");
        var merged = GraphMerger.Append(Backbone(extraction), head, extraction.Options.OutputColumnName, outputs);
        merged.Proto.MetadataProps.Add(new StringStringEntryProto { Key = PreprocessingKey, Value = extraction.Preparation.Fingerprint });
        return merged;
    }

    private static List<ITransformer> Flatten(ITransformer model)
    {
        var steps = new List<ITransformer>();
        ModelChain.Map(model, (step, _) =>
        {
            steps.Add(step);
            return step;
        });
        return steps;
    }

    private static OnnxModel Head(ModelOperationsCatalog catalog, ITransformer head, IDataView input)
    {
        using var memory = new MemoryStream();
        catalog.ConvertToOnnx(head, input, memory);
        return OnnxModel.Parse(memory.ToArray(), "the steps behind ExtractFeatures");
    }

    // The converter takes a column as (1, values), whatever its dimensions are.
    private static OnnxModel Backbone(ExtractFeaturesTransformer extraction)
    {
        if (extraction.Engine.Shape.Length == 1)
            return extraction.Model;
        var model = new OnnxModel(extraction.Model.Proto.Clone(), extraction.Model.Name);
        var builder = new GraphBuilder(model.Proto.Graph);
        var flat = builder.Node("Flatten", builder.Unused("flat"), [model.Proto.Graph.Output[0].Name]);
        model.Proto.Graph.Output.Clear();
        model.Proto.Graph.Output.Add(GraphBuilder.FloatValue(flat, -1, extraction.FeatureLength));
        return model;
    }
}
