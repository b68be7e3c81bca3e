using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Models;
using Microsoft.ML.Data;

namespace FeatureTransfer.Extraction.BuiltIn;

/// <summary>
/// A part of ours as a chain of transformers that ML.NET can write and read: the input is decoded by a custom mapping of this assembly, and
/// <c>ApplyOnnxModel</c> runs the graph, a row at a time.
/// </summary>
internal static class BuiltInChain
{
    /// <summary>The chain of a feature extraction.</summary>
    public static BuiltInForm Of(ExtractFeaturesTransformer extraction) => Create(
        extraction,
        extraction.Model,
        [],
        [RowGraph.Output],
        transforms => transforms.CopyColumns(extraction.Options.OutputColumnName, RowGraph.Output).Append(transforms.DropColumns(RowGraph.Output)));

    /// <summary>A chain from the input column of a network to what it gives, and on from there.</summary>
    /// <param name="network">The network, as it runs here.</param>
    /// <param name="model">Its graph.</param>
    /// <param name="slots">The names of what it gives; empty for none.</param>
    /// <param name="outputs">Which columns the graph gives: <see cref="RowGraph.Output"/>, and <see cref="RowGraph.Decisions"/> if it is asked for.</param>
    /// <param name="behind">What follows; it drops the columns that the graph gives.</param>
    public static BuiltInForm Create(
        ExtractFeaturesTransformer network,
        OnnxModel model,
        IReadOnlyList<string> slots,
        IReadOnlyList<string> outputs,
        Func<TransformsCatalog, IEstimator<ITransformer>> behind)
    {
        var graph = RowGraph.Wrap(model, InputShape(network.Recipe), [.. network.Engine.Shape.Select(size => (long)size)], slots, outputs.Contains(RowGraph.Decisions));
        return new BuiltInForm(graph, inside => Around(network, inside, outputs, behind));
    }

    private static ITransformer Around(ExtractFeaturesTransformer network, OnnxModel graph, IReadOnlyList<string> outputs, Func<TransformsCatalog, IEstimator<ITransformer>> behind)
    {
        var transforms = new MLContext().Transforms;
        using var bytes = new MemoryStream(graph.ToBytes());
        var estimator = new EstimatorChain<ITransformer>()
            .Append(transforms.CustomMapping<ZeroMapping.Anything, ZeroMapping.Zero>(ZeroMapping.Map, ZeroMapping.Contract))
            .Append(transforms.Expression(HelperColumns.Recipe, $"zero : \"{network.Recipe.Fingerprint}\"", HelperColumns.Zero))
            .Append(transforms.CopyColumns(HelperColumns.Input, network.Options.InputColumnName))
            .Append<ITransformer>(Decode(transforms, network.Input))
            .Append<ITransformer>(transforms.ApplyOnnxModel([.. outputs], [RowGraph.Input], bytes))
            .Append(transforms.DropColumns(HelperColumns.Zero, HelperColumns.Recipe, HelperColumns.Input, RowGraph.Input))
            .Append(behind(transforms));
        return estimator.Fit(NoRows.Of(network.Options.InputColumnName, network.Input));
    }

    private static IEstimator<ITransformer> Decode(TransformsCatalog transforms, InputKind input) => input == InputKind.Bytes
        ? transforms.CustomMapping<BytesRow, TensorRow>(ImageMappings.ReadBytes, ImageBytesFactory.Contract)
        : transforms.CustomMapping<PathRow, TensorRow>(ImageMappings.ReadFile, ImageFileFactory.Contract);

    private static long[] InputShape(ImageRecipe recipe) => recipe.Layout == TensorLayout.Nchw ? [1, 3, recipe.Height, recipe.Width] : [1, recipe.Height, recipe.Width, 3];
}
