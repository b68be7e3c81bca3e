using Microsoft.ML.Vision;

namespace Engine.Tests.Vision;

/// <summary>The layer's loss by hand, its gradient against central differences in double precision.</summary>
[TestFixture]
public class SoftmaxLayerTests
{
    [Test]
    public void Judge_TwoRows_IsTheMeanByHand()
    {
        // Logits (0, ln 3) and (ln 4, 0): probabilities (1/4, 3/4) and (4/5, 1/5).
        var layer = new SoftmaxLayer(2, 1, [0, MathF.Log(3)], [0, 0]);
        float second = -MathF.Log(4) / MathF.Log(3);

        var (accuracy, loss) = layer.Judge([1, second], [0, 0]);

        Assert.That(accuracy, Is.EqualTo(0.5f));
        Assert.That(loss, Is.EqualTo(-(Math.Log(0.25) + Math.Log(0.8)) / 2).Within(1e-6));
    }

    [Test]
    public void Judge_LargeLogits_DoNotOverflow()
    {
        var layer = new SoftmaxLayer(2, 1, [1000, -1000], [0, 0]);

        Assert.That(layer.Judge([1], [1]).CrossEntropy, Is.EqualTo(2000).Within(1e-3));
    }

    [Test]
    public void Step_OneRow_IsTheStepByHand()
    {
        // Equal logits: probabilities (1/2, 1/2), so the gradient by the logits is (-1/2, 1/2).
        var layer = new SoftmaxLayer(2, 2, [0, 0, 0, 0], [0, 0]);

        var (accuracy, loss) = layer.Step([2, 4], [0], 0.5f);

        Assert.That(layer.Weights, Is.EqualTo(new[] { 0.5f, 1, -0.5f, -1 }));
        Assert.That(layer.Biases, Is.EqualTo(new[] { 0.25f, -0.25f }));
        Assert.That((accuracy, loss), Is.EqualTo((1f, MathF.Log(2))));
    }

    [TestCase(2, 3, 1)]
    [TestCase(3, 5, 4)]
    [TestCase(5, 17, 10)]
    public void Step_ByRateOne_TakesTheGradientOff(int classes, int features, int rows)
    {
        var random = new Random(classes + features);
        var (weights, biases, x) = (Values(random, classes * features), Values(random, classes), Values(random, rows * features));
        int[] labels = [.. Enumerable.Range(0, rows).Select(_ => random.Next(classes))];
        var layer = new SoftmaxLayer(classes, features, [.. weights], [.. biases]);

        layer.Step(x, labels, 1);

        for (int i = 0; i < weights.Length; i++)
            Assert.That(weights[i] - layer.Weights[i], Is.EqualTo(Slope(h => Loss(Moved(weights, i, h), Doubles(biases), x, labels, features))).Within(1e-5), $"weight {i}");
        for (int k = 0; k < biases.Length; k++)
            Assert.That(biases[k] - layer.Biases[k], Is.EqualTo(Slope(h => Loss(Doubles(weights), Moved(biases, k, h), x, labels, features))).Within(1e-5), $"bias {k}");
    }

    [Test]
    public void Start_ManyWeights_AreNormalCutOffAtTwoDeviations()
    {
        var layer = SoftmaxLayer.Start(10, 2000, new Random(1));
        double deviation = Math.Sqrt(layer.Weights.Average(w => (double)w * w));

        Assert.That(layer.Weights.Max(MathF.Abs), Is.LessThanOrEqualTo(0.002f).And.GreaterThan(0.00195f));
        Assert.That(deviation, Is.EqualTo(0.00088).Within(0.00002), "of a normal distribution cut off at two deviations: 0.8796 of one");
        Assert.That(layer.Biases, Is.All.Zero);
    }

    private static double Loss(double[] weights, double[] biases, float[] x, int[] labels, int features)
    {
        double sum = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            double[] logits = [.. biases.Select((bias, k) => bias + Enumerable.Range(0, features).Sum(j => weights[(k * features) + j] * x[(row * features) + j]))];
            sum += Math.Log(logits.Sum(Math.Exp)) - logits[labels[row]];
        }
        return sum / labels.Length;
    }

    private static double Slope(Func<double, double> loss)
    {
        const double Small = 1e-5;
        return (loss(Small) - loss(-Small)) / (2 * Small);
    }

    private static float[] Values(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];

    private static double[] Doubles(float[] values) => [.. values.Select(value => (double)value)];

    private static double[] Moved(float[] values, int at, double by)
    {
        var moved = Doubles(values);
        moved[at] += by;
        return moved;
    }
}
