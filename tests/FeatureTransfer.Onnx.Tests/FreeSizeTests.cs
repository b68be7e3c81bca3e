namespace FeatureTransfer.Onnx.Tests;

public sealed class FreeSizeTests
{
    [TestCase("act3", 4, 8)]
    [TestCase("mean", 1, 1)]
    [TestCase("flat", 0, 0)]
    public void Apply_OtherSize_LayersComeOutAtIt(string layer, int height, int width)
    {
        var model = FreeSize.Apply(SmallModels.Stages(), [3, 32, 64], [layer]);

        var ones = Enumerable.Repeat(1f, 3 * 32 * 64).ToArray();
        var expected = MathF.Pow(2, layer == "act3" ? 1 : 2) * 3;
        Assert.Multiple(() =>
        {
            Assert.That(model.Inputs.Single().ToString(), Is.EqualTo("x (?, 3, 32, 64)"));
            Assert.That(Onnxes.Run(model, ones, [1, 3, 32, 64])[layer], Has.Length.EqualTo(3 * Math.Max(1, height * width)));
            Assert.That(Onnxes.Run(model, ones, [1, 3, 32, 64])[layer], Has.All.GreaterThanOrEqualTo(expected / 3));
        });
    }

    [Test]
    public void Apply_ModelsOwnSize_SameModel()
    {
        var model = SmallModels.Stages();
        Assert.That(FreeSize.Apply(model, [3, 64, 64], ["scores"]), Is.SameAs(model));
    }

    [Test]
    public void Apply_SizeIsOpen_SameModel()
    {
        var model = SmallModels.Stages(-1, -1);
        Assert.That(FreeSize.Apply(model, [3, 32, 32], ["scores"]), Is.SameAs(model));
    }

    // It is the wrong card: the model is run on what it cannot take, and says so.
    [TestCase(1, 64, 64)]
    [TestCase(64, 64, 3)]
    public void Apply_OtherChannelsOrLayout_SameModel(long first, long second, long third)
    {
        var model = SmallModels.Stages();
        Assert.That(FreeSize.Apply(model, [first, second, third], ["act4"]), Is.SameAs(model));
    }

    [Test]
    public void Apply_ReshapesImages_NamesTheNodeAndBothSizes() => Assert.That(
        () => FreeSize.Apply(SmallModels.Transformer(), [3, 16, 16], ["sum1"]),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("(?, 3, 8, 8)").And.Message.Contains("(batch, 3, 16, 16)").And.Message.Contains("Reshape").And.Message.Contains("ft models inspect"));
}
