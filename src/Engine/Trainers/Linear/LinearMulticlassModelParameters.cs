using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>A linear model whose scores are margins.</summary>
public sealed class LinearMulticlassModelParameters : LinearMulticlassModelParametersBase
{
    internal const string Kind = "linear-multiclass";

    internal LinearMulticlassModelParameters(float[] biases, float[] weights)
        : base(biases, weights)
    {
    }

    internal static LinearMulticlassModelParameters Load(ModelLoadContext ctx)
    {
        var (biases, weights, _) = Read(ctx, Kind);
        return new(biases, weights);
    }

    private protected override void SaveCore(ModelSaveContext ctx) => Write(ctx, Kind);
}

/// <summary>A linear model whose scores are probabilities: the softmax of the linear scores.</summary>
public sealed class MaximumEntropyModelParameters : LinearMulticlassModelParametersBase
{
    internal const string Kind = "maximum-entropy";

    internal MaximumEntropyModelParameters(float[] biases, float[] weights, ModelStatisticsBase? statistics = null)
        : base(biases, weights, statistics)
    {
    }

    internal static MaximumEntropyModelParameters Load(ModelLoadContext ctx)
    {
        var (biases, weights, statistics) = Read(ctx, Kind);
        return new(biases, weights, statistics);
    }

    private protected override void Finish(Span<float> scores)
    {
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max(scores), scores);
        TensorPrimitives.SoftMax(scores, scores);
    }

    private protected override void SaveCore(ModelSaveContext ctx) => Write(ctx, Kind);
}
