using FeatureTransfer.Onnx.Proto;
using ElementType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Tests;

public class FeatureGraphTests
{
    private static readonly float[] _pixels = [1, 2, 3, 4, -1, 0, 1, 2];

    private static readonly float[] _tokens = [1, -2, 3, -4, 5, -6];

    // twice is (2, 4, 6, 8) and (-2, 0, 2, 4); gem takes negatives as 0: the cube roots of (8 + 64 + 216 + 512) / 4 and (8 + 64) / 4.
    [TestCase(Pooling.Avg, new[] { 5f, 1f })]
    [TestCase(Pooling.Max, new[] { 8f, 4f })]
    [TestCase(Pooling.Gem, new[] { 5.848035f, 2.6207414f })]
    [TestCase(Pooling.Flatten, new[] { 2f, 4f, 6f, 8f, -2f, 0f, 2f, 4f })]
    [TestCase(Pooling.None, new[] { 2f, 4f, 6f, 8f, -2f, 0f, 2f, 4f })]
    public void Build_ImageTensor_PoolsOverHeightAndWidth(Pooling pooling, float[] expected)
    {
        var graph = FeatureGraph.Build(SmallModels.Image(), ["twice"], pooling);
        Assert.That(Onnxes.Run(graph, _pixels, [1, 2, 2, 2])["features"], Is.EqualTo(expected).Within(1e-5));
    }

    [TestCase(Pooling.Avg, new[] { -3f, 4f })]
    [TestCase(Pooling.Max, new[] { -1f, 6f })]
    [TestCase(Pooling.Cls, new[] { -1f, 2f })]
    [TestCase(Pooling.Flatten, new[] { -1f, 2f, -3f, 4f, -5f, 6f })]
    public void Build_TokenTensor_PoolsOverTokens(Pooling pooling, float[] expected)
    {
        var graph = FeatureGraph.Build(SmallModels.Tokens(), ["negated"], pooling);
        Assert.That(Onnxes.Run(graph, _tokens, [1, 3, 2])["features"], Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void Build_TwoTaps_JoinsThemInOrder()
    {
        var graph = FeatureGraph.Build(SmallModels.Image(), ["minus", "twice"], Pooling.Avg);
        Assert.That(Onnxes.Run(graph, _pixels, [1, 2, 2, 2])["features"], Is.EqualTo(new[] { 4f, 0f, 5f, 1f }).Within(1e-6));
    }

    [Test]
    public void Build_SameTapTwice_GivesItTwice()
    {
        var graph = FeatureGraph.Build(SmallModels.Image(), ["twice", "twice"], Pooling.Avg);
        Assert.That(Onnxes.Run(graph, _pixels, [1, 2, 2, 2])["features"], Is.EqualTo(new[] { 5f, 1f, 5f, 1f }).Within(1e-6));
    }

    [TestCase(Pooling.Avg)]
    [TestCase(Pooling.Max)]
    [TestCase(Pooling.Gem)]
    [TestCase(Pooling.Cls)]
    public void Build_VectorTensor_PassesThrough(Pooling pooling)
    {
        var graph = FeatureGraph.Build(SmallModels.Image(), ["flat"], pooling);
        Assert.That(Onnxes.Run(graph, _pixels, [1, 2, 2, 2])["features"], Is.EqualTo(new[] { 1f, 3f, 5f, 7f, -3f, -1f, 1f, 3f }));
    }

    [Test]
    public void Build_FixedBatch_IsFreedWithItsReshape()
    {
        var model = SmallModels.Image(batch: 1);
        var graph = FeatureGraph.Build(model, ["flat"], Pooling.Avg);
        Assert.That(model.HasFixedBatch, Is.True, "the model given is left as it is");
        Assert.That(graph.HasFixedBatch, Is.False);
        var pair = Onnxes.Run(graph, [.. _pixels, .. _pixels.Select(value => -value)], [2, 2, 2, 2])["features"];
        Assert.That(pair, Is.EqualTo(new[] { 1f, 3f, 5f, 7f, -3f, -1f, 1f, 3f, -3f, -5f, -7f, -9f, 1f, -1f, -3f, -5f }));
    }

    [Test]
    public void Build_FixedBatchThatMixesRows_StaysFixed()
    {
        var graph = FeatureGraph.Build(SmallModels.Mixing(), ["relu"], Pooling.None);
        Assert.That(graph.HasFixedBatch, Is.True);
        Assert.That(Onnxes.Run(graph, _pixels, [1, 2, 2, 2])["features"], Is.EqualTo(new[] { 1f, 2f, 3f, 4f, 0f, 0f, 1f, 2f }));
    }

    [Test]
    public void Build_ClsOnImage_TellsWhatFits() => Assert.That(
        () => FeatureGraph.Build(SmallModels.Image(), ["twice"], Pooling.Cls),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'cls'").And.Message.Contains("'twice'").And.Message.Contains("4 dimensions"));

    [TestCase("features", new[] { 2f, 4f })]
    [TestCase("scores", new[] { -2f, -4f })]
    public void Build_ModelWithATensorCalledFeatures_StillPutsOutFeatures(string tap, float[] expected)
    {
        var graph = FeatureGraph.Build(SmallModels.WithFeatures(), [tap], Pooling.Avg);
        Assert.That(Onnxes.Run(graph, [1, 2], [1, 2])["features"], Is.EqualTo(expected));
    }

    [Test]
    public void Build_NoTensor_Throws() => Assert.That(
        () => FeatureGraph.Build(SmallModels.Image(), [], Pooling.Avg),
        Throws.TypeOf<FeatureTransferException>());

    [TestCase(ElementType.Float16)]
    [TestCase(ElementType.Double)]
    [TestCase(ElementType.Int64)]
    public void Build_LayerOfOtherNumbers_GivesFloats(ElementType type)
    {
        var graph = FeatureGraph.Build(OnnxFiles.Means(ElementType.Float, type), ["y"], Pooling.Avg);
        Assert.That(Onnxes.Run(graph, [.. Enumerable.Range(0, 48).Select(i => (float)(i / 16))], [1, 3, 4, 4])["features"], Is.EqualTo(new[] { 0f, 2, 4 }));
    }

    [Test]
    public void Build_InnerLayerOfOtherNumbers_GivesFloats()
    {
        var graph = FeatureGraph.Build(OnnxFiles.DecisionFirst(), ["label", "y"], Pooling.Avg);
        Assert.That(Onnxes.Run(graph, [.. Enumerable.Range(0, 48).Select(i => (float)(i / 16))], [1, 3, 4, 4])["features"], Is.EqualTo(new[] { 2f, 0, 1, 2 }));
    }

    [Test]
    public void Build_LayerWithoutRows_IsRefused() => Assert.That(
        () => FeatureGraph.Build(OnnxFiles.OneNumber(), ["y"], Pooling.Avg),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'y'").And.Message.Contains("whole batch"));

    [Test]
    public void Build_LayerThatIsAList_IsRefused() => Assert.That(
        () => FeatureGraph.Build(OnnxFiles.ListFirst(), ["y"], Pooling.Avg),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'y'").And.Message.Contains("no numbers"));

    [Test]
    public void Build_SecondInputThatTheLayerNeeds_IsRefusedAndTheCardNamed() => Assert.That(
        () => FeatureGraph.Build(OnnxFiles.TwoInputs(ElementType.Float), ["y"], Pooling.Avg),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("other (1)").And.Message.Contains("\"otherInputs\": { \"other\": 0 }"));

    [Test]
    public void Build_SecondInputBehindTheLayer_IsLeftOut() =>
        Assert.That(FeatureGraph.Build(OnnxFiles.TwoInputs(ElementType.Float), ["early"], Pooling.Avg).Inputs.Select(input => input.Name), Is.EqualTo(new[] { "x" }));

    [Test]
    public void Build_LayerThatNoImageReaches_IsRefused() => Assert.That(
        () => FeatureGraph.Build(FixedInputs.Apply(OnnxFiles.TwoInputs(ElementType.Float), new Dictionary<string, double> { ["other"] = 1 }, "card"), ["factor"], Pooling.Avg),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("do not depend on the image"));

    [Test]
    public void Build_FourImagesAtOnce_IsFreedWhereRowsStandApart()
    {
        Assert.That(FeatureGraph.Build(OnnxFiles.FourAtOnce(mixing: false), ["y"], Pooling.Avg).HasFixedBatch, Is.False);
        Assert.That(FeatureGraph.Build(OnnxFiles.FourAtOnce(mixing: true), ["y"], Pooling.Avg).HasFixedBatch, Is.True);
    }

    [Test]
    public void Build_ModelThatNamesItsClasses_LeavesTheNamesOut()
    {
        var model = SmallModels.Image();
        model.Proto.MetadataProps.Add(new StringStringEntryProto { Key = "names", Value = "secret" });
        Assert.That(FeatureGraph.Build(model, ["twice"], Pooling.Avg).Proto.MetadataProps, Is.Empty);
    }
}
