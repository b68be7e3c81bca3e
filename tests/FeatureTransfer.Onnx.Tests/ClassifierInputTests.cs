namespace FeatureTransfer.Onnx.Tests;

public class ClassifierInputTests
{
    [Test]
    public void Find_DenseLayerAtTheEnd_GivesWhatItTakes() => Assert.That(ClassifierInput.Find(SmallModels.Convolution()), Is.EqualTo("pooled"));

    [Test]
    public void Find_BiasAndSoftmaxBehindTheProduct_AreSteppedOver()
    {
        var model = SmallModels.Convolution();
        var graph = model.Proto.Graph;
        graph.Node[^1].OpType = "MatMul";
        var builder = new GraphBuilder(graph);
        builder.Node("Add", "biased", [builder.Constant("bias", new float[5], 5), "scores"]);
        builder.Node("Softmax", "probabilities", ["biased"]);
        graph.Output[0].Name = "probabilities";
        Assert.That(ClassifierInput.Find(model), Is.EqualTo("pooled"));
    }

    [Test]
    public void Find_WeightsThatAreComputed_AreStillWeights()
    {
        var model = SmallModels.Convolution();
        var graph = model.Proto.Graph;
        var builder = new GraphBuilder(graph);
        builder.Node("Transpose", "turned", [builder.Constant("turn", new float[20], 5, 4)]);
        graph.Node.Single(node => node.OpType == "Gemm").Input[1] = "turned";
        Assert.That(ClassifierInput.Find(model), Is.EqualTo("pooled"));
    }

    [Test]
    public void Find_NoDenseLayer_IsNull() => Assert.That(ClassifierInput.Find(SmallModels.Image()), Is.Null);
}
