using FeatureTransfer.FineTuning;

namespace FeatureTransfer.Tests.FineTuning;

public class OptimizerTests
{
    private static readonly OptimizerOptions _sgd = new() { Kind = OptimizerKind.Sgd, Momentum = 0, WeightDecay = 0 };
    private static readonly OptimizerOptions _adam = new() { Kind = OptimizerKind.Adam, WeightDecay = 0 };

    [Test]
    public void Step_PlainSgd_GoesAgainstTheGradient() =>
        Assert.That(Run(_sgd, 0.1, [1f, -2f], [0.5f, 1f]), Is.EqualTo(new[] { 0.95f, -2.1f }).Within(1e-6));

    [Test]
    public void Step_SgdWithMomentum_AddsUpVelocity() =>

        // v = 1, 1.9, 2.71: the weight falls by 0.1 v each time.
        Assert.That(Run(_sgd with { Momentum = 0.9 }, 0.1, [1f, 1f], [1f, 1f], [1f, 1f], [1f, 1f]), Is.All.EqualTo(1 - 0.561f).Within(1e-6));

    [Test]
    public void Step_SgdNesterov_LooksAhead() =>

        // v = 1, 1.9; g + 0.9 v = 1.9, 2.71.
        Assert.That(Run(_sgd with { Momentum = 0.9, Nesterov = true }, 0.1, [1f, 1f], [1f, 1f], [1f, 1f]), Is.All.EqualTo(1 - 0.461f).Within(1e-6));

    [Test]
    public void Step_SgdWithDecay_PullsWeightsToZero() =>
        Assert.That(Run(_sgd with { WeightDecay = 0.5 }, 0.1, [2f, -4f], [0f, 0f]), Is.EqualTo(new[] { 1.9f, -3.8f }).Within(1e-6));

    [Test]
    public void Step_AdamFirst_IsTheLearningRateLong([Values(1e-3f, 1f, 500f)] float gradient) =>
        Assert.That(Run(_adam, 0.01, [0f, 0f], [gradient, -gradient]), Is.EqualTo(new[] { -0.01f, 0.01f }).Within(1e-6));

    [Test]
    public void Step_AdamTwice_FollowsTheClosedForm()
    {
        // m = 0.9 x 0.1 + 0.1 x 3 = 0.39 over 1 - 0.81; v = 0.999 x 0.001 + 0.001 x 9 over 1 - 0.998001.
        var second = 0.39 / 0.19 / (Math.Sqrt(0.009999 / 0.001999) + 1e-8);
        Assert.That(Run(_adam, 0.01, [0f, 0f], [1f, 1f], [3f, 3f]), Is.All.EqualTo(-0.01 - (0.01 * second)).Within(1e-6));
    }

    [Test]
    public void Step_AdamWithDecay_PutsItIntoTheGradient() =>

        // The gradient is decay x weight alone, and Adam's first step is as long as the rate however small it is.
        Assert.That(Run(_adam with { WeightDecay = 0.1 }, 0.01, [2f, -2f], [0f, 0f]), Is.EqualTo(new[] { 1.99f, -1.99f }).Within(1e-6));

    [Test]
    public void Step_AdamWWithDecay_TakesAShareOfTheWeight() =>
        Assert.That(Run(_adam with { Kind = OptimizerKind.AdamW, WeightDecay = 0.1 }, 0.01, [2f, -2f], [0f, 0f]), Is.EqualTo(new[] { 1.998f, -1.998f }).Within(1e-6));

    [Test]
    public void Step_AdamWWithoutDecay_IsAdam()
    {
        float[][] gradients = [[1f, -3f], [0.2f, 7f], [-4f, 0.001f]];
        Assert.That(Run(_adam with { Kind = OptimizerKind.AdamW }, 0.01, [1f, 2f], gradients), Is.EqualTo(Run(_adam, 0.01, [1f, 2f], gradients)));
    }

    [TestCase(OptimizerKind.Sgd)]
    [TestCase(OptimizerKind.Adam)]
    [TestCase(OptimizerKind.AdamW)]
    public void Step_BiasWithoutGradient_DoesNotDecay(OptimizerKind kind)
    {
        using var bias = new Parameter("bias", [2], [2f, -2f]);
        Optimizer.Create(new OptimizerOptions { Kind = kind, WeightDecay = 0.5 }).Step([bias], 0.1);
        Assert.That(bias.Values, Is.EqualTo(new[] { 2f, -2f }));
    }

    // Long enough for vectors and a rest; alone each value is a rest.
    [TestCase(OptimizerKind.Sgd, 0, false)]
    [TestCase(OptimizerKind.Sgd, 0.9, false)]
    [TestCase(OptimizerKind.Sgd, 0.9, true)]
    [TestCase(OptimizerKind.Adam, 0, false)]
    [TestCase(OptimizerKind.AdamW, 0, false)]
    public void Step_ManyValues_EachAsIfAlone(OptimizerKind kind, double momentum, bool nesterov)
    {
        var options = new OptimizerOptions { Kind = kind, WeightDecay = 0.1, Momentum = momentum, Nesterov = nesterov };
        var random = new Random(3);
        var values = Numbers(random, 77);
        float[][] gradients = [Numbers(random, values.Length), Numbers(random, values.Length), Numbers(random, values.Length)];
        var together = Run(options, 0.01, [.. values], gradients);
        var alone = values.Select((value, i) => Run(options, 0.01, [value, 0], [.. gradients.Select(gradient => new[] { gradient[i], 0 })])[0]);
        Assert.That(together, Is.EqualTo(alone).Within(1e-6));
    }

    [TestCase(OptimizerKind.Sgd, 0.1)]
    [TestCase(OptimizerKind.Adam, 0.1)]
    [TestCase(OptimizerKind.AdamW, 0.1)]
    public void Step_Parabola_FindsItsBottom(OptimizerKind kind, double rate)
    {
        using var parameter = new Parameter("w", [2, 2], [3f, -5f, 0f, 9f]);
        var optimizer = Optimizer.Create(new OptimizerOptions { Kind = kind, WeightDecay = 0 });
        for (var step = 0; step < 400; step++)
        {
            for (var i = 0; i < 4; i++)
                parameter.Gradient[i] = parameter.Values[i] - i;
            optimizer.Step([parameter], rate);
        }

        Assert.That(parameter.Values, Is.EqualTo(new[] { 0f, 1f, 2f, 3f }).Within(0.02));
    }

    [Test]
    public void Step_FactorZero_LeavesTheWeight()
    {
        using var parameter = new Parameter("w", [1, 2], [1f, 2f]) { LearningRateFactor = 0 };
        parameter.Gradient.AsSpan().Fill(1);
        Optimizer.Create(new OptimizerOptions()).Step([parameter], 0.1);
        Assert.That(parameter.Values, Is.EqualTo(new[] { 1f, 2f }));
    }

    [Test]
    public void Step_FactorOfAParameter_ScalesItsRate()
    {
        using var parameter = new Parameter("w", [1, 2], [1f, 2f]) { LearningRateFactor = 0.5 };
        parameter.Gradient.AsSpan().Fill(1);
        Optimizer.Create(_sgd).Step([parameter], 0.1);
        Assert.That(parameter.Values, Is.EqualTo(new[] { 0.95f, 1.95f }).Within(1e-6));
    }

    [TestCase(OptimizerKind.Sgd, 0, 0)]
    [TestCase(OptimizerKind.Sgd, 0.9, 1)]
    [TestCase(OptimizerKind.Adam, 0.9, 2)]
    [TestCase(OptimizerKind.AdamW, 0, 2)]
    public void StateCount_Kind_IsWhatItRemembers(OptimizerKind kind, double momentum, int expected) =>
        Assert.That(Optimizer.Create(new OptimizerOptions { Kind = kind, Momentum = momentum }).StateCount, Is.EqualTo(expected));

    [TestCase(0)]
    [TestCase(-1)]
    public void Clip_NoLimit_LeavesTheGradients(double longest)
    {
        using var parameter = new Parameter("w", [1], [0f]);
        parameter.Gradient[0] = 3;
        Assert.That(GradientNorm.Clip([parameter], longest), Is.EqualTo(3).Within(1e-6));
        Assert.That(parameter.Gradient[0], Is.EqualTo(3));
    }

    [TestCase(1)]
    [TestCase(2048)]
    [TestCase((3 * 2048) + 21)]
    public void Clip_GradientsOfManyBlocks_AreAddedUpOnce(int length)
    {
        using var parameter = new Parameter("w", [1, length], new float[length]);
        parameter.Gradient.AsSpan().Fill(2);
        Assert.That(GradientNorm.Clip([parameter], 1), Is.EqualTo(2 * Math.Sqrt(length)).Within(1e-6));
        Assert.That(parameter.Gradient.ToArray(), Is.All.EqualTo(1 / Math.Sqrt(length)).Within(1e-6));
    }

    [Test]
    public void Clip_LongGradients_HaveTheNormAllowed()
    {
        using var one = new Parameter("one", [1], [0f]);
        using var two = new Parameter("two", [1], [0f]);
        (one.Gradient[0], two.Gradient[0]) = (3, -4);
        Assert.That(GradientNorm.Clip([one, two], 1), Is.EqualTo(5).Within(1e-6));
        Assert.That((one.Gradient[0], two.Gradient[0]), Is.EqualTo((0.6f, -0.8f)));
        Assert.That(GradientNorm.Clip([one, two], 2), Is.EqualTo(1).Within(1e-6));
        Assert.That(one.Gradient[0], Is.EqualTo(0.6f));
    }

    [Test]
    public void Update_Averages_FollowTheWeights()
    {
        using var parameter = new Parameter("w", [19], [.. Enumerable.Repeat(1f, 19)]);
        WeightAverage.Update([parameter], 0.9, 0);
        parameter.Values.AsSpan().Fill(2);
        WeightAverage.Update([parameter], 0.9, 1000);
        Assert.That(parameter.Average, Is.All.EqualTo(1.1f).Within(1e-6));
        WeightAverage.Update([parameter], 0.9, 1);
        Assert.That(parameter.Average, Is.All.EqualTo(1.1 + (0.9 * 9 / 11)).Within(1e-6), "a young average follows quickly");
    }

    private static float[] Run(OptimizerOptions options, double rate, float[] values, params float[][] gradients)
    {
        using var parameter = new Parameter("w", [1, values.Length], values);
        var optimizer = Optimizer.Create(options);
        foreach (var gradient in gradients)
        {
            gradient.CopyTo(parameter.Gradient, 0);
            optimizer.Step([parameter], rate);
        }

        return parameter.Values;
    }

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 4) - 2)];
}
