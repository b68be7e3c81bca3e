using FeatureTransfer.Diagnostics;
using MathNet.Numerics.LinearAlgebra;

namespace FeatureTransfer.Tests.Diagnostics;

public sealed class TransferabilityTests
{
    private static readonly int[] _classes = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 0];

    private static float[][] Random(int rows, int features, int seed, Func<int, float>? shift = null)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, features).Select(f => (float)((random.NextDouble() * 2) - 1) + (shift?.Invoke(row) ?? 0)).ToArray())];
    }

    // The evidence written out, log N(y; 0, I / beta + F F' / alpha), at its highest on a fine grid of the two precisions.
    [TestCase(3)]
    [TestCase(20)]
    public void LogMe_MoreAndFewerRowsThanFeatures_IsTheHighestEvidence(int features)
    {
        var data = new LabelledFeatures(Random(12, features, 1, row => _classes[row] == 0 ? 0.4f : 0), _classes);
        var matrix = Matrix<double>.Build.Dense(12, features, (row, column) => data.Features[row][column]);
        var gram = matrix.TransposeAndMultiply(matrix);

        double Evidence(int value, double alpha, double beta)
        {
            var y = Vector<double>.Build.Dense(12, row => _classes[row] == value ? 1 : 0);
            var covariance = (gram / alpha) + (Matrix<double>.Build.DenseIdentity(12) / beta);
            return -0.5 * ((12 * Math.Log(2 * Math.PI)) + Math.Log(covariance.Determinant()) + y.DotProduct(covariance.Solve(y)));
        }

        var steps = Enumerable.Range(0, 120).Select(step => Math.Exp((step * 0.1) - 4)).ToArray();
        var expected = Enumerable.Range(0, 3).Average(value => steps.Max(alpha => steps.Max(beta => Evidence(value, alpha, beta)))) / 12;

        Assert.That(LogMe.Of(data), Is.EqualTo(expected).Within(2e-3));
    }

    [Test]
    public void LogMe_ClassesApart_ScoreHigherThanNoise()
    {
        var (apart, noise) = (Random(12, 4, 2, row => _classes[row] * 3), Random(12, 4, 2));
        Assert.That(LogMe.Of(new(apart, _classes)), Is.GreaterThan(LogMe.Of(new(noise, _classes))));
    }

    [TestCase(3)]
    [TestCase(20)]
    public void HScore_MoreAndFewerRowsThanFeatures_IsTheTraceWrittenOut(int features)
    {
        var data = new LabelledFeatures(Random(12, features, 3, row => _classes[row] == 1 ? 0.7f : 0), _classes);
        var matrix = Matrix<double>.Build.Dense(12, features, (row, column) => data.Features[row][column]);
        var means = matrix.ColumnSums() / 12;
        var centred = Matrix<double>.Build.Dense(12, features, (row, column) => matrix[row, column] - means[column]);
        var covariance = centred.TransposeThisAndMultiply(centred) / 12;
        var mean = covariance.Trace() / features;
        var scatter = centred.EnumerateRows().Sum(row => (row.OuterProduct(row) - covariance).FrobeniusNorm() is var norm ? norm * norm : 0) / 144;
        var distance = Math.Pow((covariance - (Matrix<double>.Build.DenseIdentity(features) * mean)).FrobeniusNorm(), 2);
        var shrinkage = Math.Min(1, scatter / distance);
        var between = Matrix<double>.Build.Dense(features, features);
        for (var value = 0; value < 3; value++)
        {
            var rows = Enumerable.Range(0, 12).Where(row => _classes[row] == value).ToList();
            var centre = rows.Select(centred.Row).Aggregate((sum, row) => sum + row) / rows.Count;
            between += centre.OuterProduct(centre) * (rows.Count / 12.0);
        }

        var shrunk = (covariance * (1 - shrinkage)) + (Matrix<double>.Build.DenseIdentity(features) * (mean * shrinkage));
        Assert.That(HScore.Of(data), Is.EqualTo((shrunk.Inverse() * between * (1 - shrinkage)).Trace()).Within(1e-9));
    }

    [Test]
    public void HScore_SameFeaturesEverywhere_IsZero() =>
        Assert.That(HScore.Of(new([[1, 2], [1, 2], [1, 2], [1, 2]], [0, 1, 0, 1])), Is.Zero);

    // P(y = 0 | z) is 1.4 / 1.8 and 0.6 / 1.2 by the sums below.
    [Test]
    public void Leep_ThreeRows_IsTheMeanWrittenOut()
    {
        float[][] source = [[0.8f, 0.2f], [0.6f, 0.4f], [0.4f, 0.6f]];
        double first = 1.4 / 1.8, second = 0.6 / 1.2;
        var expected = (Math.Log((first * 0.8) + (second * 0.2)) + Math.Log((first * 0.6) + (second * 0.4)) + Math.Log(((1 - first) * 0.4) + ((1 - second) * 0.6))) / 3;
        Assert.That(Leep.Of(source, [0, 0, 1]), Is.EqualTo(expected).Within(1e-6));
    }

    [Test]
    public void Nce_SourceTellsAll_IsZero() => Assert.That(Nce.Of([5, 5, 7, 7], [0, 0, 1, 1]), Is.Zero);

    [Test]
    public void Nce_SourceTellsNothing_IsTheEntropyOfTheClasses() => Assert.That(Nce.Of([3, 3, 3, 3], [0, 0, 0, 1]), Is.EqualTo((0.75 * Math.Log(0.75)) + (0.25 * Math.Log(0.25))).Within(1e-12));

    [Test]
    public void NeighbourAccuracy_OneRowAmongOthers_IsWrongThere()
    {
        float[][] rows = [[1, 0], [1, 0.1f], [1, 0.2f], [0, 1], [0.1f, 1], [1, 0.05f]];
        Assert.That(NeighbourAccuracy.Of(new(rows, [0, 0, 0, 1, 1, 1]), 1), Is.EqualTo(3 / 6.0).Within(1e-12));
    }

    [Test]
    public void NeighbourAccuracy_NearestOfTheSameGroup_DoesNotCount()
    {
        float[][] rows = [[1, 0], [1, 0.01f], [0, 1], [0.01f, 1]];
        var data = new LabelledFeatures(rows, [0, 0, 1, 1]);
        Assert.Multiple(() =>
        {
            Assert.That(NeighbourAccuracy.Of(data, 1), Is.EqualTo(1));
            Assert.That(NeighbourAccuracy.Of(data, 1, ["a", "a", "b", "b"]), Is.Zero);
        });
    }

    [TestCase(new[] { 0, 0, 0 })]
    [TestCase(new[] { 0, 1 })]
    [TestCase(new[] { 0, -1, 1 })]
    public void LabelledFeatures_WrongClasses_AreRefused(int[] classes) =>
        Assert.That(() => new LabelledFeatures([[1], [2], [3]], classes), Throws.ArgumentException);

    [Test]
    public void LabelledFeatures_VectorsOfTwoLengths_NamesTheRow() =>
        Assert.That(() => new LabelledFeatures([[1], [2, 3]], [0, 1]), Throws.ArgumentException.With.Message.Contains("Row 1"));
}
