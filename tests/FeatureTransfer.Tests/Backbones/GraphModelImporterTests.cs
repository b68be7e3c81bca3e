namespace FeatureTransfer.Tests.Backbones;

public class GraphModelImporterTests
{
    // The lengths of the three tensors that TensorFlow.js 4.22 (its backend in WebAssembly) gives for the same input, a formula.
    [Test]
    public void Import_CenterNet_AgreesWithTensorFlowJs()
    {
        var input = Enumerable.Range(0, 3 * 512 * 512).Select(i => (float)(i * 7919L % 256)).ToArray();
        var actual = Onnxes.Run(Pulled.Model("centernet.human_models"), input, [1, 3, 512, 512]);
        double Length(string tensor) => Math.Sqrt(actual[tensor].Sum(value => (double)value * value));
        Assert.Multiple(() =>
        {
            Assert.That(Length("tower_0/keypoints"), Is.EqualTo(3.4957971).Within(0.01).Percent);
            Assert.That(Length("tower_0/wh"), Is.EqualTo(31568.898).Within(0.01).Percent);
            Assert.That(Length("tower_0/extern1/hard_swish/mul_1"), Is.EqualTo(127.41956).Within(0.01).Percent);
        });
    }
}
