using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Trainers;

/// <summary>Small data to train on, drawn with a seed.</summary>
internal static class TrainerRows
{
    /// <summary>Rows whose labels follow their features, with noise.</summary>
    public static Row[] Draw(int count = 200, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Draw(random))];
    }

    public static IDataView View(this MLContext ml, IEnumerable<Row> rows) => ml.Data.LoadFromEnumerable(rows);

    public static float[] Scores(this ITransformer model, IDataView view) => [.. model.Transform(view).GetColumn<float>("Score")];

    public static float[][] ClassScores(this ITransformer model, IDataView view) => [.. model.Transform(view).GetColumn<float[]>("Score")];

    /// <summary>The largest distance between scores.</summary>
    public static double Gap(float[] a, float[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();

    private static Row Draw(Random random)
    {
        float a = random.NextSingle() - 0.5f;
        float b = random.NextSingle() - 0.5f;
        float noise = (random.NextSingle() - 0.5f) / 2;
        return new()
        {
            Features = [a, b, 1 - a],
            Label = a + b + noise > 0,
            Class = a + noise > 0.1f ? 2u : b + noise > 0 ? 1u : 0u,
            Value = (2 * a) - b + noise + 1,
            Count = (float)Math.Round(Math.Exp(a + 1)),
            Weight = random.Next(1, 4),
        };
    }

    /// <summary>One row, with a label for each kind of task.</summary>
    public sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        /// <summary>From 0; what is beyond the last class is missing.</summary>
        [KeyType(3)]
        public uint Class { get; set; }

        public float Value { get; set; }

        public float Count { get; set; }

        public float Weight { get; set; }
    }
}
