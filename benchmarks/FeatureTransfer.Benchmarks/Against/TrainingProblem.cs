using System.Buffers.Binary;

namespace FeatureTransfer.Benchmarks.Against;

/// <summary>Ten overlapping classes in 1,280 dimensions, as a MobileNetV2 would make them: the same bytes for both sides.</summary>
internal sealed class TrainingProblem
{
    public const int Rows = 5_000, Columns = 1_280, Classes = 10;

    private TrainingProblem(float[][] features, int[] labels) => (Features, Labels) = (features, labels);

    public float[][] Features { get; }

    public int[] Labels { get; }

    public static TrainingProblem Create(int seed)
    {
        var random = new Random(seed);
        var centres = Vectors(random, Classes, _ => 0.15);
        var features = new float[Rows][];
        var labels = new int[Rows];
        for (var row = 0; row < Rows; row++)
        {
            var centre = centres[labels[row] = random.Next(Classes)];
            features[row] = [.. centre.Select(c => (float)(c + Gaussian(random)))];
        }

        return new TrainingProblem(features, labels);
    }

    /// <summary>Raw little-endian floats, row by row, then the labels as 32-bit integers.</summary>
    public void Save(string path)
    {
        using var stream = new BufferedStream(File.Create(path), 1 << 20);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var value in Features.SelectMany(row => row))
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            stream.Write(bytes);
        }

        foreach (var label in Labels)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, label);
            stream.Write(bytes);
        }
    }

    /// <summary>The mean cross-entropy plus the penalty, of weights and biases that either side found.</summary>
    public double Loss(IReadOnlyList<float[]> weights, IReadOnlyList<float> biases, double l2)
    {
        var total = 0.0;
        var scores = new double[Classes];
        for (var row = 0; row < Rows; row++)
        {
            for (var c = 0; c < Classes; c++)
                scores[c] = biases[c] + System.Numerics.Tensors.TensorPrimitives.Dot<float>(weights[c], Features[row]);
            var top = scores.Max();
            total += top + Math.Log(scores.Sum(s => Math.Exp(s - top))) - scores[Labels[row]];
        }

        var penalty = weights.Sum(w => w.Sum(v => (double)v * v));
        return (total + (l2 * penalty / 2)) / Rows;
    }

    private static double[][] Vectors(Random random, int count, Func<int, double> scale) =>
        [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, Columns).Select(i => scale(i) * Gaussian(random)).ToArray())];

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
