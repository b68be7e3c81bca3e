using System.IO.Compression;
using FeatureTransfer.Models;
using Microsoft.ML.Transforms;

namespace FeatureTransfer.Export;

/// <summary>A step of ML.NET's own as a graph, whose inputs have the names of columns.</summary>
/// <param name="Model">The graph.</param>
/// <param name="Columns">The output for each column that the step gives.</param>
internal sealed record StepGraph(OnnxModel Model, IReadOnlyDictionary<string, string> Columns)
{
    // How the converter calls the columns that a step gives.
    private const string Suffix = ".output";

    /// <summary>What ML.NET's converter makes of a step; null where it has no form for it.</summary>
    /// <param name="catalog">The converter.</param>
    /// <param name="step">The step.</param>
    /// <param name="input">The columns that it reads: the converter makes an input of each.</param>
    /// <param name="added">The columns that it gives.</param>
    public static StepGraph? Converted(ModelOperationsCatalog catalog, ITransformer step, IDataView input, IReadOnlyList<string> added)
    {
        using var memory = new MemoryStream();
        try
        {
            catalog.ConvertToOnnx(step, input, memory);
        }

        // ML.NET's converter has no one exception for what it cannot write: each transformer fails in its own way.
        catch (Exception exception) when (exception is InvalidOperationException or NotSupportedException or ArgumentException or NotImplementedException or KeyNotFoundException or NullReferenceException)
        {
            return null;
        }

        var model = OnnxModel.Parse(memory.ToArray(), NameOf(step));
        Untangle(model);
        var columns = added.Where(column => model.TensorNames.Contains(column + Suffix)).ToDictionary(column => column, column => column + Suffix, StringComparer.Ordinal);
        return columns.Count > 0 ? new StepGraph(GraphCutter.Cut(model, [.. columns.Values]), columns) : null;
    }

    /// <summary>The graph that an <c>ApplyOnnxModel</c> holds, for any number of rows where that is sure.</summary>
    public static StepGraph Saved(ModelOperationsCatalog catalog, ITransformer step, DataViewSchema schema)
    {
        using var memory = new MemoryStream();
        catalog.Save(step, schema, memory);
        using var zip = new ZipArchive(memory);
        var content = ModelDamage.ReadAll(NameOf(step), zip.Entries.Single(entry => ModelEntries.Normalize(entry.FullName).EndsWith($"/{ModelEntries.Graph}", StringComparison.Ordinal)));

        // ML.NET writes how long the graph is, then the graph.
        var model = OnnxModel.Parse(content.AsMemory(sizeof(int)), NameOf(step));
        var columns = model.Outputs.ToDictionary(output => output.Name, output => RowGraph.BeforeFlattening(model, output.Name), StringComparer.Ordinal);
        return new StepGraph(FreeBatch.Apply(GraphCutter.Cut(model, [.. columns.Values])), columns);
    }

    /// <summary>What to call a step in a message.</summary>
    public static string NameOf(ITransformer step)
    {
        // A mapping of ours is known by the class that it lies in.
        if (step.GetType() is { IsGenericType: true } mapping && mapping.GetGenericTypeDefinition() == typeof(CustomMappingTransformer<,>) && mapping.GenericTypeArguments[0].DeclaringType is { Name: var ours })
            return ours.Replace("Mapping", "", StringComparison.Ordinal);
        var type = (step is ISingleFeaturePredictionTransformer<object> { Model: { } model } ? model : step).GetType();
        var name = type.Name == "Transformer" && type.DeclaringType is { } estimator ? estimator.Name.Replace("Estimator", "", StringComparison.Ordinal) : type.Name.Split('`')[0];
        return name.EndsWith("Transformer", StringComparison.Ordinal) ? name[..^"Transformer".Length] : name.Replace("ModelParameters", "", StringComparison.Ordinal);
    }

    // Where a column takes the place of the one that it is made of, the converter lets some steps read what they give. They mean the input.
    private static void Untangle(OnnxModel model)
    {
        if (model.Inputs is not [var input])
            return;
        var open = model.TensorNames.ToHashSet(StringComparer.Ordinal);
        foreach (var node in model.Proto.Graph.Node)
        {
            for (var i = 0; i < node.Input.Count; i++)
                node.Input[i] = open.Contains(node.Input[i]) ? input.Name : node.Input[i];
            open.ExceptWith(node.Output);
        }
    }
}
