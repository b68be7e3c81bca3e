using System.Numerics.Tensors;

namespace FeatureTransfer.Pipelines.Results;

/// <summary>The plane through rows that keeps most of their variance: their first two principal components, by subspace iteration.</summary>
internal static class PrincipalPlane
{
    private const int Rounds = 40;

    /// <summary>The coordinates of each row, and the share of the variance that the plane keeps.</summary>
    /// <param name="rows">Vectors of one length; they are not changed.</param>
    /// <returns>Null where there are fewer than three rows, all are alike, or a number is not finite.</returns>
    public static (float[] Across, float[] Up, double Share)? Of(IReadOnlyList<float[]> rows)
    {
        if (rows.Count < 3)
            return null;
        var centred = Centred(rows);
        var variance = centred.Sum(row => (double)TensorPrimitives.SumOfSquares<float>(row));
        if (!double.IsFinite(variance) || variance <= 0)
            return null;
        var random = new Random(1);
        var (first, second) = (Direction(random, rows[0].Length), Direction(random, rows[0].Length));
        for (var round = 0; round < Rounds; round++)
            (first, second) = Orthonormal(Multiplied(centred, first), Multiplied(centred, second));
        var (across, up) = Turned(Along(centred, first), Along(centred, second));
        return (across, up, (TensorPrimitives.SumOfSquares<float>(across) + TensorPrimitives.SumOfSquares<float>(up)) / variance);
    }

    private static List<float[]> Centred(IReadOnlyList<float[]> rows)
    {
        var mean = new float[rows[0].Length];
        foreach (var row in rows)
            TensorPrimitives.Add(mean, row, mean);
        TensorPrimitives.Divide(mean, rows.Count, mean);
        return [.. rows.Select(row =>
        {
            var centred = new float[row.Length];
            TensorPrimitives.Subtract(row, mean, centred);
            return centred;
        })];
    }

    private static float[] Direction(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];

    private static float[] Along(List<float[]> rows, float[] direction) => [.. rows.Select(row => TensorPrimitives.Dot<float>(row, direction))];

    // The covariance times a direction, up to a factor.
    private static float[] Multiplied(List<float[]> rows, float[] direction)
    {
        var sum = new float[direction.Length];
        foreach (var row in rows)
            TensorPrimitives.MultiplyAdd(row, TensorPrimitives.Dot<float>(row, direction), sum, sum);
        return sum;
    }

    private static (float[] First, float[] Second) Orthonormal(float[] first, float[] second)
    {
        Normalize(first);
        TensorPrimitives.MultiplyAdd(first, -TensorPrimitives.Dot<float>(first, second), second, second);
        Normalize(second);
        return (first, second);
    }

    // Of rows on a line the second direction is 0, and stays so.
    private static void Normalize(float[] vector) => TensorPrimitives.Divide(vector, Math.Max(float.Epsilon, TensorPrimitives.Norm<float>(vector)), vector);

    // Within the plane the axis of most variance lies across, and the sign is that of the coordinate farthest out.
    private static (float[] Across, float[] Up) Turned(float[] first, float[] second)
    {
        var angle = 0.5f * MathF.Atan2(2 * TensorPrimitives.Dot<float>(first, second), TensorPrimitives.SumOfSquares<float>(first) - TensorPrimitives.SumOfSquares<float>(second));
        var (sin, cos) = MathF.SinCos(angle);
        return (Signed([.. first.Zip(second, (x, y) => (x * cos) + (y * sin))]), Signed([.. first.Zip(second, (x, y) => (y * cos) - (x * sin))]));
    }

    private static float[] Signed(float[] values)
    {
        if (TensorPrimitives.MaxMagnitude<float>(values) < 0)
            TensorPrimitives.Negate(values, values);
        return values;
    }
}
