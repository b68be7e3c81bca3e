using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Evaluation;

[TestFixture]
public class CrossValidationTests
{
    private readonly MLContext _ml = new(1);

    [Test]
    public void CrossValidate_EveryRow_IsHeldOutOnce()
    {
        var folds = _ml.Regression.CrossValidate(Data(), _ml.Regression.Trainers.OnlineGradientDescent(), numberOfFolds: 4);

        Assert.That(folds.Select(f => f.Fold), Is.EqualTo(new[] { 0, 1, 2, 3 }));
        Assert.That(folds.SelectMany(f => f.ScoredHoldOutSet.GetColumn<int>("Id")).Order(), Is.EqualTo(Enumerable.Range(0, 100)));
    }

    [Test]
    public void CrossValidate_SameSeed_GivesTheSameFolds()
    {
        var trainer = _ml.Regression.Trainers.OnlineGradientDescent();

        var folds = new[] { 3, 3, 4 }.Select(seed => _ml.Regression.CrossValidate(Data(), trainer, numberOfFolds: 2, seed: seed)
            .Select(f => f.Metrics.MeanSquaredError).ToArray()).ToArray();

        Assert.That(folds[1], Is.EqualTo(folds[0]));
        Assert.That(folds[2], Is.Not.EqualTo(folds[0]));
    }

    [Test]
    public void CrossValidate_Metrics_AreThoseOfTheHoldOutSet()
    {
        var fold = _ml.Regression.CrossValidate(Data(), _ml.Regression.Trainers.OnlineGradientDescent(), numberOfFolds: 3)[1];

        Assert.That(_ml.Regression.Evaluate(fold.ScoredHoldOutSet).MeanSquaredError, Is.EqualTo(fold.Metrics.MeanSquaredError));
    }

    [Test]
    public void GetCountForClassPair_PredictedAndActual_ReadsTheCount()
    {
        var rows = new[] { (0u, 1f, 0f), (0u, 0f, 1f), (0u, 0f, 1f), (1u, 0f, 1f) }.Select(r => new Scored { Label = r.Item1, Score = [r.Item2, r.Item3] });
        var matrix = _ml.MulticlassClassification.Evaluate(_ml.Data.LoadFromEnumerable(rows)).ConfusionMatrix;

        Assert.Multiple(() =>
        {
            Assert.That(matrix.GetCountForClassPair(1, 0), Is.EqualTo(2));
            Assert.That(matrix.GetCountForClassPair(0, 1), Is.Zero);
            Assert.That(() => matrix.GetCountForClassPair(2, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        });
    }

    private IDataView Data() => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 100)
        .Select(i => new Row { Id = i, Features = [i / 100f, i % 7], Label = (i / 50f) + (i % 3) }).ToArray());

    private sealed class Row
    {
        public int Id { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class Scored
    {
        [KeyType(2)]
        public uint Label { get; set; }

        [VectorType(2)]
        public float[] Score { get; set; } = [];

        [KeyType(2)]
        public uint PredictedLabel { get; set; }
    }
}
