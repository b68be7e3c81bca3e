using Microsoft.ML.Data;

namespace Engine.Tests.Trainers.Trees;

/// <summary>Rows of a step function of the first of three features.</summary>
public sealed class TreeRow
{
    [VectorType(3)]
    public float[] Features { get; set; } = [];

    public float Label { get; set; }

    public bool IsHigh { get; set; }

    public float Weight { get; set; } = 1;

    public static TreeRow[] Make(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var features = new[] { random.NextSingle(), random.NextSingle(), random.NextSingle() };
            float label = features[0] > 0.5f ? 3 : -1;
            return new TreeRow { Features = features, Label = label, IsHigh = label > 0 };
        })];
    }
}
