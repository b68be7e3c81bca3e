namespace FeatureTransfer.Onnx.Tests;

public sealed class FreeSizeTests
{
    // Ones come out of a stage times 2; behind the second, which has a shortcut around it, they are 6, and from there on 12 and 24.
    [TestCase("act3", 3 * 4 * 8, 12)]
    [TestCase("mean", 3, 24)]
    [TestCase("flat", 3, 24)]
    public void Apply_OtherSize_LayersComeOutAtIt(string layer, int length, float value)
    {
        var model = FreeSize.Apply(SmallModels.Stages(), [3, 32, 64], [layer]);

        var ones = Enumerable.Repeat(1f, 3 * 32 * 64).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(model.Inputs.Single().ToString(), Is.EqualTo("x (?, 3, 32, 64)"));
            Assert.That(Onnxes.Run(model, ones, [1, 3, 32, 64])[layer], Has.Length.EqualTo(length).And.All.EqualTo(value));
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
