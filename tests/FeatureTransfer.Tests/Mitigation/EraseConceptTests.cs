using System.Globalization;
using FeatureTransfer.Mitigation;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Mitigation;

/// <summary>Features from which a column is taken out.</summary>
public class EraseConceptTests
{
    private const int Count = 300;
    private readonly MLContext _ml = new(1);

    [TestCase(2)]
    [TestCase(3)]
    public void Fit_Concept_HasTheSameMeansBehindIt(int concepts)
    {
        var rows = Rows(concepts);
        Assert.That(MeansApart(Features(rows), rows), Is.GreaterThan(1));
        Assert.That(MeansApart(Erased(rows), rows), Is.LessThan(1e-4));
    }

    [Test]
    public void Fit_LinearClassifier_TellsTheConceptNoBetterThanChance()
    {
        var rows = Rows(2);
        Assert.That(Probe(rows, erased: false), Is.GreaterThan(0.9));
        Assert.That(Probe(rows, erased: true), Is.LessThan(0.6));
    }

    [Test]
    public void Fit_LabelAcrossTheConcept_IsStillLearned()
    {
        var rows = Rows(2);
        var model = _ml.Transforms.EraseConcept("Group").Append(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression(l1Regularization: 0)).Fit(View(rows));
        Assert.That(_ml.BinaryClassification.Evaluate(model.Transform(View(rows))).Accuracy, Is.GreaterThan(0.95));
    }

    /// <summary>No projection at right angles to the difference of the means moves rows less in the mean square, though that erases too.</summary>
    [Test]
    public void Fit_DistanceMoved_IsBelowThatOfAProjection()
    {
        var rows = Rows(2);
        var (before, after) = (Features(rows), Erased(rows));
        var difference = Vector<double>.Build.DenseOfEnumerable(Mean(before, rows, 0).Zip(Mean(before, rows, 1), (a, b) => a - b)).Normalize(2);
        var mean = Enumerable.Range(0, 4).Select(i => before.Average(row => row[i])).ToArray();
        var projected = before.Average(row => Math.Pow(row.Zip(mean, (a, b) => a - b).Zip(difference, (a, b) => a * b).Sum(), 2));
        var moved = before.Zip(after, (a, b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum()).Average();
        Assert.That(moved, Is.LessThan(projected));
    }

    // With two groups and white features it is the projection at right angles to the difference of the means.
    [Test]
    public void Of_WhiteFeatures_IsTheProjection()
    {
        double[][] features = [[1, 1], [1, -1], [-1, 1], [-1, -1]];
        var erasure = LinearErasure.Of(features, [0, 0, 1, 1], CancellationToken.None);
        Assert.That(erasure.Rank, Is.EqualTo(1));
        Assert.That((erasure.Matrix - Matrix<double>.Build.DenseOfArray(new double[,] { { 0, 0 }, { 0, 1 } })).FrobeniusNorm(), Is.LessThan(1e-9));
    }

    [Test]
    public void Of_ConceptThatFeaturesDoNotTell_ChangesNothing()
    {
        double[][] features = [[1, 1], [1, 1], [-1, 2], [-1, 2]];
        Assert.That((LinearErasure.Of(features, [0, 1, 0, 1], CancellationToken.None).Matrix - Matrix<double>.Build.DenseIdentity(2)).FrobeniusNorm(), Is.LessThan(1e-9));
    }

    [Test]
    public void Of_FewerRowsThanFeatures_StillHasTheSameMeans()
    {
        var random = new Random(5);
        double[][] features = [.. Enumerable.Range(0, 10).Select(i => Enumerable.Range(0, 40).Select(_ => random.NextDouble() + (i % 2)).ToArray())];
        var erasure = LinearErasure.Of(features, [.. Enumerable.Range(0, 10).Select(i => i % 2)], CancellationToken.None);
        var erased = features.Select(row => (Vector<double>.Build.Dense(row) - erasure.Mean) * erasure.Matrix).ToList();
        var means = new[] { 0, 1 }.Select(group => erased.Where((_, i) => i % 2 == group).Aggregate((a, b) => a + b) / 5).ToList();
        Assert.That((means[0] - means[1]).L2Norm(), Is.LessThan(1e-6));
    }

    [Test]
    public void Transform_RowsWithoutTheConcept_NeedItNoMore()
    {
        var rows = Rows(2);
        var model = _ml.Transforms.EraseConcept("Group").Fit(View(rows));
        var bare = _ml.Data.LoadFromEnumerable(rows.Select(row => new BareRow { Features = row.Features }));
        Assert.That(model.Transform(bare).GetColumn<float[]>("Features").First(), Is.EqualTo(Erased(rows)[0].Select(value => (float)value)).Within(1e-5));
    }

    [Test]
    public void Fit_OneConcept_SaysSo() => Assert.That(
        () => _ml.Transforms.EraseConcept("Group").Fit(View([.. Rows(2).Where(row => row.Group == "0")])),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("Column 'Group' says '0' of all rows"));

    [Test]
    public void Fit_ColumnThatIsNotThere_IsNamed() => Assert.That(() => _ml.Transforms.EraseConcept("Grop").Fit(View(Rows(2))), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("'Group'"));

    [Test]
    public void Create_ConceptAmongTheFeatures_IsRefused() => Assert.That(() => _ml.Transforms.EraseConcept("Features"), Throws.ArgumentException.With.Message.Contains("a column of its own"));

    private double Probe(IReadOnlyList<GroupRow> rows, bool erased)
    {
        var view = View(rows);
        var features = erased ? _ml.Transforms.EraseConcept("Group").Fit(view).Transform(view) : view;
        var model = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression("IsFirst", l1Regularization: 0).Fit(features);
        return _ml.BinaryClassification.Evaluate(model.Transform(features), "IsFirst").Accuracy;
    }

    private double[][] Erased(IReadOnlyList<GroupRow> rows) => Doubles(_ml.Transforms.EraseConcept("Group").Fit(View(rows)).Transform(View(rows)).GetColumn<float[]>("Features"));

    private static double[][] Features(IReadOnlyList<GroupRow> rows) => Doubles(rows.Select(row => row.Features));

    private static double[][] Doubles(IEnumerable<float[]> rows) => [.. rows.Select(row => row.Select(value => (double)value).ToArray())];

    private static double MeansApart(double[][] features, IReadOnlyList<GroupRow> rows) =>
        rows.Select(row => row.Group).Distinct().Max(group => Mean(features, rows, int.Parse(group, CultureInfo.InvariantCulture)).Zip(Mean(features, rows, 0), (a, b) => Math.Abs(a - b)).Max());

    private static double[] Mean(double[][] features, IReadOnlyList<GroupRow> rows, int group)
    {
        var own = features.Where((_, i) => rows[i].Group == group.ToString(CultureInfo.InvariantCulture)).ToList();
        return [.. Enumerable.Range(0, 4).Select(i => own.Average(row => row[i]))];
    }

    private IDataView View(IReadOnlyList<GroupRow> rows) => _ml.Data.LoadFromEnumerable(rows);

    // The first feature tells the label; the group stands in the others, which vary together.
    private static List<GroupRow> Rows(int groups)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, Count).Select(i =>
        {
            var (group, label, noise) = (i % groups, i / groups % 2 == 0, random.NextDouble());
            double[] values = [(label ? 2 : -2) + random.NextDouble(), (2 * group) + noise, (3 * (group == 1 ? 1 : 0)) + noise + (0.3 * random.NextDouble()), random.NextDouble()];
            return new GroupRow { Features = [.. values.Select(value => (float)value)], Group = group.ToString(CultureInfo.InvariantCulture), Label = label, IsFirst = group == 0 };
        })];
    }

    private sealed class GroupRow
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        public string Group { get; set; } = "";

        public bool Label { get; set; }

        public bool IsFirst { get; set; }
    }

    private sealed class BareRow
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];
    }
}
