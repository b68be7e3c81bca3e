using FeatureTransfer.Heads;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Heads;

public class TemperatureScalingTests
{
    [TestCase(0.5)]
    [TestCase(1)]
    [TestCase(3)]
    public void Fit_LogitsMultiplied_FindsTheFactor(double factor)
    {
        var (scores, labels) = Drawn();
        var calibration = TemperatureScaling.Fit([.. scores.Select(row => Array.ConvertAll(row, logit => (float)(logit * factor)))], labels);
        Assert.That(calibration.IsLogits, Is.True);
        Assert.That(calibration.Temperature, Is.EqualTo(factor * TemperatureScaling.Fit(scores, labels).Temperature).Within(0.01 * factor));
        Assert.That(calibration.Temperature / factor, Is.EqualTo(1).Within(0.08));
    }

    [Test]
    public void Fit_Probabilities_AreTakenAsSuch()
    {
        var (scores, labels) = Drawn();
        var probabilities = scores.Select(row => new TemperatureScaling(1, true).Apply(row)).ToList();
        var calibration = TemperatureScaling.Fit(probabilities, labels);
        Assert.That(calibration.IsLogits, Is.False);
        Assert.That(calibration.Temperature, Is.EqualTo(TemperatureScaling.Fit(scores, labels).Temperature).Within(0.001));
        Assert.That(new TemperatureScaling(1, false).Apply(probabilities[0]), Is.EqualTo(probabilities[0]).Within(1e-6));
    }

    /// <summary>4/5 and 1/5 are 2/3 and 1/3 at a temperature of 2.</summary>
    [Test]
    public void Undo_Probabilities_AreThoseOfATemperatureOfOne()
    {
        Assert.That(TemperatureScaling.Undo([2f / 3, 1f / 3], 2), Is.EqualTo(new[] { 0.8f, 0.2f }).Within(1e-6));
        Assert.That(TemperatureScaling.Undo([0.8f, 0.2f], 0.5), Is.EqualTo(new[] { 2f / 3, 1f / 3 }).Within(1e-6));
        Assert.That(TemperatureScaling.Undo([1, 0], 20).Sum(), Is.EqualTo(1).Within(1e-6));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void ToTransformer_SeveralClasses_GivesThatInThePlaceOfScoreAndIsSaved(bool areLogits)
    {
        var ml = new MLContext(1);
        var scaling = new TemperatureScaling(2, areLogits);
        float[][] scores = areLogits ? [[1, -2, 0.5f], [0, 3, 3]] : [[0.2f, 0.5f, 0.3f], [1, 0, 0]];
        var rows = ml.Data.LoadFromEnumerable(scores.Select(row => new Scored { Score = row }));
        using var memory = new MemoryStream();
        ml.Model.Save(scaling.ToTransformer(rows.Schema), rows.Schema, memory);
        memory.Position = 0;
        using var loaded = (IDisposable)ml.Model.Load(memory, out _);
        var calibrated = ((ITransformer)loaded).Transform(rows);
        var answers = calibrated.GetColumn<float[]>("Score").ToList();
        Assert.That(answers, Has.Count.EqualTo(2));
        Assert.That(answers[0], Is.EqualTo(scaling.Apply(scores[0])).Within(1e-6));
        Assert.That(answers[1], Is.EqualTo(scaling.Apply(scores[1])).Within(1e-6));
        Assert.That(calibrated.Schema.Where(column => !column.IsHidden).Select(column => column.Name), Is.EqualTo(new[] { "Score" }));
    }

    [Test]
    public void ToTransformer_TwoClasses_GivesTheProbabilityOfTheLogit()
    {
        var ml = new MLContext(1);
        var rows = ml.Data.LoadFromEnumerable(new[] { new Margin { Score = -3 }, new Margin { Score = 0.5f } });
        var probabilities = new TemperatureScaling(2, true).ToTransformer(rows.Schema).Transform(rows).GetColumn<float>("Probability").ToList();
        Assert.That(probabilities, Is.EqualTo(new[] { 1 / (1 + Math.Exp(1.5)), 1 / (1 + Math.Exp(-0.25)) }).Within(1e-6));
    }

    // Labels are drawn by the probabilities that the logits mean, so these are calibrated as they are.
    private static (List<float[]> Scores, List<int> Labels) Drawn()
    {
        var random = new Random(1);
        var (scores, labels) = (new List<float[]>(), new List<int>());
        for (var i = 0; i < 5000; i++)
        {
            float[] logits = [.. Enumerable.Range(0, 4).Select(_ => (float)(random.NextDouble() - 0.5) * 6)];
            var (at, label) = (random.NextDouble(), -1);
            foreach (var probability in new TemperatureScaling(1, true).Apply(logits))
            {
                label++;
                if ((at -= probability) < 0)
                    break;
            }

            scores.Add(logits);
            labels.Add(Math.Min(label, 3));
        }

        return (scores, labels);
    }

    private sealed class Scored
    {
        [VectorType(3)]
        public float[] Score { get; set; } = [];
    }

    private sealed class Margin
    {
        public float Score { get; set; }
    }
}
