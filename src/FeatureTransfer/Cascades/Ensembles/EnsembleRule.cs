using System.Numerics.Tensors;
using FeatureTransfer.Heads;

namespace FeatureTransfer.Cascades;

/// <summary>Makes one answer of several models' by counting or averaging.</summary>
/// <param name="IsVote">Whether the models vote, rather than being averaged.</param>
/// <param name="Models">The weight of each model, which sum to 1, and how its scores become probabilities.</param>
internal sealed record EnsembleRule(bool IsVote, IReadOnlyList<(double Weight, TemperatureScaling Calibration)> Models)
{
    /// <summary>The rule as text without quotes, for model files of ML.NET's.</summary>
    public string Text => string.Join(' ', [IsVote ? "vote" : "average", .. Models.Select(model => string.Create(CultureInfo.InvariantCulture, $"{model.Weight:R} {model.Calibration.IsLogits}"))]);

    /// <summary>Reads <see cref="Text"/>.</summary>
    public static EnsembleRule Parse(string text)
    {
        var parts = text.Split(' ');
        return new EnsembleRule(parts[0] == "vote", [.. parts.Skip(1).Chunk(2).Select(model => (double.Parse(model[0], CultureInfo.InvariantCulture), new TemperatureScaling(1, bool.Parse(model[1]))))]);
    }

    /// <summary>The answer for a row; the largest number is the class.</summary>
    /// <param name="scores">The scores of the models, one after another.</param>
    public float[] Answer(float[] scores)
    {
        var classes = scores.Length / Models.Count;
        var (mean, votes) = (new float[classes], new float[classes]);
        for (var i = 0; i < Models.Count; i++)
        {
            var probabilities = Models[i].Calibration.Apply(scores[(i * classes)..((i + 1) * classes)]);
            TensorPrimitives.MultiplyAdd<float>(probabilities, (float)Models[i].Weight, mean, mean);
            votes[TensorPrimitives.IndexOfMax<float>(probabilities)] += (float)Models[i].Weight;
        }

        if (!IsVote)
            return mean;

        // Little enough that all of it never outweighs one vote.
        var share = 0.5f / (Models.Count + 1);
        return [.. votes.Zip(mean, (vote, probability) => ((1 - share) * vote) + (share * probability))];
    }
}
