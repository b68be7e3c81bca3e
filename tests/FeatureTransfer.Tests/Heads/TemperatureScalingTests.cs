using FeatureTransfer.Heads;

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
}
