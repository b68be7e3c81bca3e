using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.FineTuning;

/// <summary>Finds the means and variances that batch normalizations have stored, of those normalizations that learn.</summary>
internal static class NormalizationStatistics
{
    private const int Scale = 1, Offset = 2, Mean = 3, Variance = 4;

    /// <summary>The initializers, each once, with their lengths.</summary>
    /// <param name="model">The graph.</param>
    /// <param name="weights">What learns.</param>
    /// <exception cref="FeatureTransferException">A mean or variance is computed and not stored, so it cannot be moved.</exception>
    public static IReadOnlyList<(string Name, int Length)> Find(TuningModel model, IEnumerable<TrainableWeight> weights)
    {
        var learning = weights.Select(weight => weight.Name).ToHashSet(StringComparer.Ordinal);
        var initializers = Initializers.ByName(model.Model.Proto.Graph);
        return [.. model.Model.Proto.Graph.Node
            .Where(node => node.OpType == "BatchNormalization" && (learning.Contains(node.Input[Scale]) || learning.Contains(node.Input[Offset])))
            .SelectMany(node => new[] { Stored(node, Mean), Stored(node, Variance) })
            .Distinct()];

        (string, int) Stored(NodeProto node, int input) => initializers.TryGetValue(node.Input[input], out var tensor) && tensor.DataType == (int)TensorProto.Types.DataType.Float
            ? (tensor.Name, (int)tensor.Dims[0])
            : throw new FeatureTransferException($"{model.Model.Name}: the batch normalization '{node.Output[0]}' has '{node.Input[input]}' for its {(input == Mean ? "mean" : "variance")}, which is no stored vector of floats, so the batches' statistics cannot move it. Leave batchStatistics out.");
    }
}
