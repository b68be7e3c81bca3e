using System.Numerics.Tensors;
using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Heads;

/// <summary>Logits that are a weighted sum of the features.</summary>
/// <param name="weights">The weights, (classes, dimension).</param>
/// <param name="biases">One a class.</param>
/// <param name="normalizes">Whether features are first brought to length 1.</param>
internal sealed class LinearDecision(float[] weights, float[] biases, bool normalizes = false) : HeadDecision
{
    // Far below every logit, and a softmax makes exactly 0 of it.
    private const float Never = -1e30f;

    public float[] Weights => weights;

    public float[] Biases => biases;

    /// <summary>The L2 regularization that was chosen; null where there was no choice.</summary>
    public double? L2Regularization { get; init; }

    /// <summary>How many rows without a label were given one; null where none were looked at.</summary>
    public int? PseudoLabelled { get; init; }

    private int Dimension => weights.Length / biases.Length;

    /// <summary>The logits of a row.</summary>
    public float[] Logits(ReadOnlySpan<float> features)
    {
        if (normalizes)
            features = Direction(features);
        var logits = new float[biases.Length];
        for (var i = 0; i < logits.Length; i++)
            logits[i] = TensorPrimitives.Dot(weights.AsSpan(i * Dimension, Dimension), features) + biases[i];
        return logits;
    }

    /// <summary>The same with all logits divided by a temperature.</summary>
    public LinearDecision Cooled(double temperature) =>
        Like(Array.ConvertAll(weights, weight => (float)(weight / temperature)), Array.ConvertAll(biases, bias => (float)(bias / temperature)), PseudoLabelled);

    /// <summary>The same, of which is known how many rows were given a label.</summary>
    public LinearDecision After(int pseudoLabelled) => Like(weights, biases, pseudoLabelled);

    /// <inheritdoc/>
    public override HeadDecision Spread(IReadOnlyList<int> places, int count)
    {
        var (all, offsets) = (new float[count * Dimension], Enumerable.Repeat(Never, count).ToArray());
        for (var i = 0; i < places.Count; i++)
        {
            weights.AsSpan(i * Dimension, Dimension).CopyTo(all.AsSpan(places[i] * Dimension));
            offsets[places[i]] = biases[i];
        }

        return Like(all, offsets, PseudoLabelled);
    }

    /// <inheritdoc/>
    public override string AddTo(GraphBuilder builder, string features)
    {
        var input = normalizes ? DistanceGraph.Direction(builder, features) : features;
        return builder.Node("Gemm", "head_logits", [input, builder.Constant("head_weights", weights, biases.Length, Dimension), builder.Constant("head_biases", biases, biases.Length)], GraphBuilder.Int("transB", 1));
    }

    private LinearDecision Like(float[] others, float[] offsets, int? pseudoLabelled) => new(others, offsets, normalizes) { L2Regularization = L2Regularization, PseudoLabelled = pseudoLabelled };

    private static float[] Direction(ReadOnlySpan<float> features)
    {
        float[] vector = [.. features];
        VectorSpace.Prepare(SimilarityMetric.Cosine, vector);
        return vector;
    }
}
