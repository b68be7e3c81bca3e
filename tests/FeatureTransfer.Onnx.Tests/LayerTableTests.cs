namespace FeatureTransfer.Onnx.Tests;

public class LayerTableTests
{
    [Test]
    public void Describe_Convolution_CountsWeightsAndMultiplyAdds()
    {
        var layers = LayerTable.Describe(SmallModels.Convolution()).ToDictionary(layer => layer.Name);
        Assert.Multiple(() =>
        {
            Assert.That(layers["conv"].Shape, Is.EqualTo(new long[] { 1, 4, 8, 8 }));
            Assert.That(layers["conv"].Parameters, Is.EqualTo(4 * 3 * 9 + 4));
            Assert.That(layers["conv"].MultiplyAdds, Is.EqualTo(4 * 64 * 27));
            Assert.That(layers["scores"].Shape, Is.EqualTo(new long[] { 1, 5 }));
            Assert.That(layers["scores"].MultiplyAdds, Is.EqualTo(20));
            Assert.That(layers["scores"].CumulativeMultiplyAdds, Is.EqualTo(4 * 64 * 27 + 20));
            Assert.That(layers["average"].Op, Is.EqualTo("GlobalAveragePool"));
        });
    }

    [Test]
    public void Describe_ShapeThatIsComputed_IsFoundByRunning()
    {
        var shape = LayerTable.Describe(SmallModels.ComputedShape(), 2, 2).Single(layer => layer.Name == "joined").Shape;
        Assert.That(shape, Is.EqualTo(new long[] { 1, 3 }));
    }

    // The paper counts 300 million for the network with its 1000 classes, and 3.4 million weights (arXiv:1801.04381, table 4).
    [Test]
    public void Describe_MobileNetV2_AgreesWithItsPaper()
    {
        var layers = LayerTable.Describe(Pulled.Model("mobilenet_v2.nsfwjs"));
        var features = layers.Single(layer => layer.Name == "out_relu");
        Assert.Multiple(() =>
        {
            Assert.That(features.Shape, Is.EqualTo(new long[] { 1, 1280, 7, 7 }));
            Assert.That(features.CumulativeMultiplyAdds, Is.EqualTo(300e6).Within(2).Percent);
            Assert.That(layers.Single(layer => layer.Name == "block_13_expand_relu").CumulativeMultiplyAdds, Is.LessThan(0.8 * features.CumulativeMultiplyAdds));
        });
    }
}
