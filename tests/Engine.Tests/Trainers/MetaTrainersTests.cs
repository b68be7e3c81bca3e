using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Trainers;

/// <summary>Models of several classes made of models of two.</summary>
[TestFixture]
public class MetaTrainersTests
{
    private readonly MLContext _ml = new(1);
    private readonly TrainerRows.Row[] _rows = TrainerRows.Draw();

    [Test]
    public void OneVersusAll_LabelColumnsOfOtherNames_Trains()
    {
        var model = _ml.MulticlassClassification.Trainers
            .OneVersusAll(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression("IsClass"), "Class").Fit(_ml.View(_rows));

        Assert.That(model.ClassScores(_ml.View(_rows)).Select(s => s.Sum()), Is.All.EqualTo(1f).Within(1e-5));
    }

    [Test]
    public void OneVersusAll_OfThePrior_GivesTheShares()
    {
        var model = _ml.MulticlassClassification.Trainers.OneVersusAll(_ml.BinaryClassification.Trainers.Prior("Class"), "Class").Fit(_ml.View(_rows));
        float[] shares = [.. Enumerable.Range(0, 3).Select(k => _rows.Count(r => r.Class == k) / (float)_rows.Length)];

        Assert.That(model.ClassScores(_ml.View(_rows.Take(1)))[0], Is.EqualTo(shares).Within(1e-5));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void OneVersusAll_MissingLabels_CountAsAsked(bool asNegative)
    {
        TrainerRows.Row[] rows = [.. _rows, .. TrainerRows.Draw(100, seed: 2).Select(Unlabelled)];
        var model = _ml.MulticlassClassification.Trainers.OneVersusAll(
            _ml.BinaryClassification.Trainers.Prior("Class"), "Class", asNegative, useProbabilities: false).Fit(_ml.View(rows));
        double share = _rows.Count(r => r.Class == 0) / (double)(asNegative ? rows.Length : _rows.Length);

        // A prior's score is twice the share, less one.
        Assert.That(model.ClassScores(_ml.View(_rows.Take(1)))[0][0], Is.EqualTo((2 * share) - 1).Within(1e-5));
    }

    [Test]
    public void OneVersusAll_IsotonicCalibrator_IsUsed()
    {
        var plain = _ml.MulticlassClassification.Trainers.OneVersusAll(_ml.BinaryClassification.Trainers.LinearSvm("Class"), "Class").Fit(_ml.View(_rows));
        var isotonic = _ml.MulticlassClassification.Trainers.OneVersusAll(
            _ml.BinaryClassification.Trainers.LinearSvm("Class"), "Class", calibrator: _ml.BinaryClassification.Calibrators.Isotonic("Class")).Fit(_ml.View(_rows));

        Assert.That(isotonic.ClassScores(_ml.View(_rows)), Is.Not.EqualTo(plain.ClassScores(_ml.View(_rows))));
    }

    [Test]
    public void PairwiseCoupling_ThreeClasses_TellsThemApart()
    {
        var model = _ml.MulticlassClassification.Trainers
            .PairwiseCoupling(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression("Class"), "Class").Fit(_ml.View(_rows));

        Assert.That(_ml.MulticlassClassification.Evaluate(model.Transform(_ml.View(_rows)), "Class").MicroAccuracy, Is.GreaterThan(0.7));
    }

    [Test]
    public void NaiveBayes_SparseAndDense_GiveTheSame()
    {
        var rows = _rows.Select(r => new SparseRow { Label = r.Class, Features = Sparse(r.Features), Dense = Dense(r.Features) });
        var view = _ml.Data.LoadFromEnumerable(rows);
        var sparse = _ml.MulticlassClassification.Trainers.NaiveBayes().Fit(view);
        var dense = _ml.MulticlassClassification.Trainers.NaiveBayes(featureColumnName: "Dense").Fit(view);

        Assert.That(sparse.ClassScores(view), Is.EqualTo(dense.ClassScores(view)));
    }

    private static TrainerRows.Row Unlabelled(TrainerRows.Row row)
    {
        row.Class = 3;
        return row;
    }

    private static float[] Dense(float[] features) => [.. features.Select(f => Math.Max(0, f)), 0, 0, 0, 0, 0, 0, 0];

    private static VBuffer<float> Sparse(float[] features)
    {
        var stored = features.Select((f, i) => (Value: f, Index: i)).Where(f => f.Value > 0).ToArray();
        return new(10, stored.Length, [.. stored.Select(f => f.Value)], [.. stored.Select(f => f.Index)]);
    }

    private sealed class SparseRow
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(10)]
        public VBuffer<float> Features { get; set; }

        [VectorType(10)]
        public float[] Dense { get; set; } = [];
    }
}
