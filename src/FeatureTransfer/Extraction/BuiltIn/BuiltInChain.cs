using FeatureTransfer.Inputs;
using FeatureTransfer.Models;
using Microsoft.ML.Data;

namespace FeatureTransfer.Extraction.BuiltIn;

/// <summary>
/// A part of ours as a chain of transformers that ML.NET can write and read: the input is prepared by a custom mapping of this assembly, and
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
        long[] shape = [.. network.Engine.Shape.Select(size => (long)size)];
        var decisions = outputs.Contains(RowGraph.Decisions);
        var graph = network.Preparation is FixedPreparation rows
            ? RowGraph.Wrap(model, [1, .. rows.RowShape], shape, slots, decisions)
            : RowGraph.WrapWindows(model, network.Preparation.Feeds!.Names, shape, slots, decisions);
        return new BuiltInForm(graph, inside => Around(network, inside, outputs, behind));
    }

    private static ITransformer Around(ExtractFeaturesTransformer network, OnnxModel graph, IReadOnlyList<string> outputs, Func<TransformsCatalog, IEstimator<ITransformer>> behind)
    {
        var transforms = new MLContext().Transforms;
        using var bytes = new MemoryStream(graph.ToBytes());
        var (options, inputs) = (network.Options, BuiltInInput.Of(network));
        var estimator = new EstimatorChain<ITransformer>()
            .Append(transforms.CustomMapping<ZeroMapping.Anything, ZeroMapping.Zero>(ZeroMapping.Map, ZeroMapping.Contract))
            .Append(transforms.Expression(HelperColumns.Preparation, $"zero : \"{network.Preparation.Text}\"", HelperColumns.Zero))
            .Append(transforms.CopyColumns(HelperColumns.Input, options.InputColumnName));
        if (options.PairColumnName is { } pair)
            estimator = estimator.Append(transforms.CopyColumns(HelperColumns.Pair, pair));
        var whole = estimator
            .Append<ITransformer>(inputs.Mapping(transforms))
            .Append<ITransformer>(transforms.ApplyOnnxModel([.. outputs], [.. graph.Inputs.Select(input => input.Name)], bytes))
            .Append(transforms.DropColumns([HelperColumns.Zero, HelperColumns.Preparation, HelperColumns.Input, .. options.PairColumnName is null ? (string[])[] : [HelperColumns.Pair], .. inputs.Tensors]))
            .Append(behind(transforms));
        return whole.Fit(NoRows.Of(options, network.Input));
    }
}
