namespace FeatureTransfer.Onnx.Tests.Gradients.Layers;

/// <summary>Graphs that are rearranged for speed: what they become, with the loss and gradients of the graph as it was.</summary>
public class LayoutTests
{
    private const string Pointwise = "Transpose Reshape Reshape Reshape Gemm Reshape";

    private static readonly string[] _unary =
        ["Relu", "LeakyRelu", "Clip", "Sigmoid", "HardSigmoid", "Tanh", "Elu", "Selu", "Softplus", "Erf", "Exp", "Abs", "Neg", "Identity", "HardSwish"];

    private static readonly int[] _pointwise = [6, 4, 1, 1];

    [Test]
    public void Build_PointwiseConvolution_IsOneProduct()
    {
        var graph = new RearrangedGraph(4, 6, 5);
        graph.Conv("y", "x", _pointwise);
        Assert.That(Show(graph, "y"), Is.EqualTo(Pointwise + " Transpose"));
    }

    [Test]
    public void Build_PointwiseConvolutionOfSequences_IsOneProduct()
    {
        var graph = new RearrangedGraph(4, 6);
        graph.Conv("y", "x", [6, 4, 1], bias: false);
        Assert.That(Show(graph, "y"), Is.EqualTo("Transpose Reshape Reshape Gemm Reshape Transpose"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Build_DepthwiseConvolutionOverSmallImages_IsOneProductAChannel(bool bias)
    {
        var graph = new RearrangedGraph(4, 6, 5);
        graph.Conv("y", "x", [4, 1, 3, 3], bias, GraphBuilder.Int("group", 4), GraphBuilder.Ints("pads", 1, 1, 1, 1), GraphBuilder.Ints("strides", 2, 1));
        Assert.That(Show(graph, "y"), Is.EqualTo(bias
            ? "Reshape MatMul Reshape Transpose Reshape MatMul Reshape Add Reshape Transpose"
            : "Reshape MatMul Reshape Transpose Reshape MatMul Reshape Transpose"));
    }

    [TestCase("strides", new long[] { 2, 2 })]
    [TestCase("pads", new long[] { 0, 0, 1, 1 })]
    [TestCase("pads", new long[] { 1, 1, 0, 0 })]
    public void Build_PointwiseConvolutionThatMovesPixels_StaysAsItIs(string attribute, long[] values)
    {
        var graph = new RearrangedGraph(4, 6, 5);
        graph.Conv("y", "x", _pointwise, true, GraphBuilder.Ints(attribute, values));
        Assert.That(Show(graph, "y"), Is.EqualTo("Conv"));
    }

    [Test]
    public void Build_OtherConvolutions_StayAsTheyAre()
    {
        var graph = new RearrangedGraph(4, 6, 5);
        graph.Conv("groups", "x", [6, 2, 1, 1], true, GraphBuilder.Int("group", 2));
        graph.Conv("y", "groups", [3, 6, 3, 3]);
        Assert.That(Show(graph, "y"), Is.EqualTo("Conv Conv"));
    }

    // Weights that stay the same are packed once by the runtime.
    [Test]
    public void Build_FrozenPart_StaysAsItIs()
    {
        var graph = new RearrangedGraph(4, 6, 5);
        graph.Builder.Node("Conv", "frozen", ["x", graph.Builder.Constant("fixed", [.. Enumerable.Range(0, 16).Select(i => i / 16f)], 4, 4, 1, 1)]);
        graph.Builder.Node("Softmax", "read", ["frozen"], GraphBuilder.Int("axis", 1));
        graph.Builder.Node("Mul", "y", ["read", graph.Weight("factor", 1, 4, 1, 1)]);
        Assert.That(Show(graph, "y"), Is.EqualTo("Conv Softmax Mul"));
    }

    [TestCase(16, "WinogradInput", "WinogradWeights", "WinogradOutput")]
    [TestCase(5, "Unrolled", "Gemm", "Reshape")]
    public void Build_ConvolutionWithOperatorsOfOurOwn_IsMadeOfThem(int channels, params string[] expected)
    {
        var graph = new RearrangedGraph(channels, 6, 6);
        graph.Conv("first", "x", [channels, channels, 3, 3], true, GraphBuilder.Ints("pads", 1, 1, 1, 1));
        graph.Conv("y", "first", [channels, channels, 3, 3], false, GraphBuilder.Ints("pads", 1, 1, 1, 1));
        var operators = graph.Check("y", useKernels: true);
        Assert.That(operators, Is.SupersetOf(expected).And.None.EqualTo("Conv"));
    }

    // Tiles are made for windows of three by three that read neighbours, and the matrix of what windows read must not grow too large.
    [TestCase(16, 6, new long[] { 3, 3 }, new long[] { 1, 2 }, "Unrolled")]
    [TestCase(16, 6, new long[] { 3, 5 }, new long[] { 1, 1 }, "Unrolled")]
    [TestCase(3, 34, new long[] { 3, 3 }, new long[] { 1, 1 }, "Unrolled")]
    [TestCase(9, 35, new long[] { 3, 3 }, new long[] { 1, 1 }, "Conv")]
    public void Build_ConvolutionThatTilesDoNotFit_IsAProductWhereSmall(int channels, int size, long[] kernel, long[] dilations, string expected)
    {
        var graph = new RearrangedGraph(channels, size, size);
        graph.Conv("y", "x", [channels, channels, .. kernel.Select(taps => (int)taps)], false, GraphBuilder.Ints("dilations", dilations));
        Assert.That(graph.Check("y", useKernels: true), Has.Some.EqualTo(expected).And.None.StartsWith("Winograd"));
    }

    [TestCase(true, "DepthwiseConv")]
    [TestCase(false, "MatMul")]
    public void Build_DepthwiseConvolution_IsDoneByTheOperatorOfOurOwnWhereAllowed(bool useKernels, string expected)
    {
        var graph = new RearrangedGraph(4, 6, 5);
        graph.Conv("y", "x", [4, 1, 3, 3], true, GraphBuilder.Int("group", 4));
        Assert.That(graph.Check("y", useKernels), Has.Some.Contains(expected).And.None.EqualTo("Conv"));
    }

    // An activation takes no pass of its own where only it reads the convolution.
    [TestCase("Relu", 0)]
    [TestCase("Clip", 0)]
    [TestCase("Relu", 1, "kept")]
    [TestCase("Relu", 1, "read twice")]
    [TestCase("Clip", 1, "computed")]
    [TestCase("Tanh", 1)]
    public void Build_ActivationBehindADepthwiseConvolution_IsPartOfTheOperatorOfOurOwn(string op, int left, string why = "")
    {
        var graph = new RearrangedGraph(4, 6, 5);
        graph.Conv("convolved", "x", [4, 1, 3, 3], true, GraphBuilder.Int("group", 4));
        var most = why == "computed" ? graph.Builder.Node("ReduceMax", "most", ["x"], GraphBuilder.Int("keepdims", 0)) : graph.Builder.Constant("most", [0.25f]);
        graph.Builder.Node(op, "active", op == "Clip" ? ["convolved", "", most] : ["convolved"]);
        graph.Builder.Node("Add", "y", ["active", why == "read twice" ? "convolved" : "active"]);
        Assert.That(graph.Check("y", useKernels: true, why == "kept" ? ["convolved"] : []).Count(op.Equals), Is.EqualTo(left));
    }

    [TestCase("MaxPool")]
    [TestCase("AveragePool")]
    public void Build_PoolOfWhatIsTurned_TakesOverTheOrder(string op)
    {
        var graph = new RearrangedGraph(4, 6, 5);
        graph.Conv("turned", "x", [4, 4, 1, 1]);
        graph.Builder.Node(op, "y", ["turned"], GraphBuilder.Ints("kernel_shape", 3, 2), GraphBuilder.Ints("strides", 2, 1), GraphBuilder.Ints("pads", 1, 0, 1, 0));
        Assert.That(Show(graph, "y"), Is.EqualTo($"{Pointwise} {op} Transpose"));
    }

    [TestCaseSource(nameof(_unary))]
    public void Build_OperatorOnOneTensor_TakesOverTheOrder(string op)
    {
        var graph = new RearrangedGraph(4, 3, 2);
        graph.Conv("turned", "x", [4, 4, 1, 1]);
        string[] inputs = op == "Clip" ? ["turned", "", graph.Builder.Constant("most", [0.5f])] : ["turned"];
        graph.Builder.Node(op, "y", inputs, op == "LeakyRelu" ? [GraphBuilder.Float("alpha", 0.3f)] : []);
        Assert.That(Show(graph, "y"), Does.StartWith($"{Pointwise} {op} ").And.EndsWith("Transpose"));
    }

    // The root of what is above 0, and an operator that came later.
    [TestCase("Sqrt", 18)]
    [TestCase("Gelu", 20)]
    public void Build_OperatorBehindAnExponential_TakesOverTheOrder(string op, int opset)
    {
        var graph = new RearrangedGraph(4, 3, 2) { Opset = opset };
        graph.Conv("turned", "x", [4, 4, 1, 1]);
        graph.Builder.Node("Exp", "positive", ["turned"]);
        graph.Builder.Node(op, "y", ["positive"]);
        Assert.That(Show(graph, "y"), Is.EqualTo($"{Pointwise} Exp {op} Transpose"));
    }

    [TestCase("Add")]
    [TestCase("Sub")]
    [TestCase("Mul")]
    [TestCase("Div")]
    public void Build_OperatorOnTwoTensors_TakesOverTheOrder(string op)
    {
        var graph = new RearrangedGraph(4, 3, 2);
        graph.Conv("turned", "x", [4, 4, 1, 1]);
        graph.Builder.Node(op, "both", ["x", "turned"]);
        graph.Builder.Node(op, "y", ["both", graph.Builder.Constant("half", [0.5f])]);
        Assert.That(Show(graph, "y"), Is.EqualTo($"{Pointwise} {op} {op} Transpose"), "the image is turned on the way in, the result on the way out");
    }

    [TestCase(new[] { 4, 1, 1 }, 2)]
    [TestCase(new[] { 1, 4, 1, 1 }, 3)]
    [TestCase(new[] { 1 }, 2)]
    [TestCase(new[] { 1, 1, 1 }, 2)]
    [TestCase(new[] { 4, 3, 2 }, 2)]
    public void Build_WeightsBesideAnImage_AreTurnedWhereTheyHaveAllAxes(int[] shape, int transposes)
    {
        var graph = new RearrangedGraph(4, 3, 2);
        graph.Conv("turned", "x", [4, 4, 1, 1]);
        graph.Builder.Node("Mul", "y", ["turned", graph.Weight("factor", shape)]);
        Assert.That(graph.Check("y").Count(name => name == "Transpose"), Is.EqualTo(transposes));
    }

    [Test]
    public void Build_OperatorsOnPlainTensors_StayAsTheyAre()
    {
        var graph = new RearrangedGraph(4, 3, 2);
        graph.Builder.Node("Mul", "scaled", ["x", graph.Weight("factor", 1, 4, 1, 1)]);
        graph.Builder.Node("Relu", "positive", ["scaled"]);
        graph.Builder.Node("Concat", "joined", ["positive", "scaled"], GraphBuilder.Int("axis", 1));
        graph.Normalization("normal", "joined", 8);
        graph.Builder.Node("GlobalAveragePool", "y", ["normal"]);
        Assert.That(Show(graph, "y"), Is.EqualTo("Mul Relu Concat BatchNormalization GlobalAveragePool"));
    }

    [Test]
    public void Build_NormalizationOfWhatIsTurned_TakesOverTheOrder()
    {
        var graph = new RearrangedGraph(4, 3, 2);
        graph.Conv("turned", "x", [4, 4, 1, 1]);
        graph.Builder.Node("Relu", "positive", ["turned"]);
        graph.Normalization("y", "positive", 4, GraphBuilder.Float("epsilon", 0.1f));
        Assert.That(graph.Check("y"), Has.None.EqualTo("BatchNormalization").And.Exactly(2).EqualTo("Transpose"));
    }

    [Test]
    public void Build_AverageOfWhatIsTurned_IsAMean()
    {
        var graph = new RearrangedGraph(4, 3, 2);
        graph.Conv("turned", "x", _pointwise);
        graph.Builder.Node("GlobalAveragePool", "y", ["turned"]);
        Assert.That(Show(graph, "y"), Is.EqualTo(Pointwise + " ReduceMean Transpose"));
    }

    [TestCase(1, 2)]
    [TestCase(-3, 2)]
    [TestCase(2, 3)]
    [TestCase(0, 3)]
    public void Build_JoinedChannels_TakeOverTheOrder(int axis, int transposes)
    {
        var graph = new RearrangedGraph(4, 3, 2);
        graph.Conv("first", "x", [4, 4, 1, 1]);
        graph.Conv("second", "x", axis is 1 or -3 ? [6, 4, 1, 1] : [4, 4, 1, 1]);
        graph.Builder.Node("Concat", "y", ["first", "second"], GraphBuilder.Int("axis", axis));
        Assert.That(graph.Check("y").Count(name => name == "Transpose"), Is.EqualTo(transposes));
    }

    [Test]
    public void Build_ChannelsJoinedWithAPlainImage_StayAsTheyAre()
    {
        var graph = new RearrangedGraph(4, 3, 2);
        graph.Conv("turned", "x", [4, 4, 1, 1]);
        graph.Builder.Node("Softmax", "plain", ["x"], GraphBuilder.Int("axis", 1));
        graph.Builder.Node("Concat", "y", ["turned", "plain"], GraphBuilder.Int("axis", 1));
        Assert.That(Show(graph, "y"), Is.EqualTo(Pointwise + " Softmax Transpose Concat"));
    }

    // Read twice by operators that need it as it was, and put out besides: turned back once.
    [Test]
    public void Build_WhatOthersRead_IsTurnedBackOnce()
    {
        var graph = new RearrangedGraph(4, 3, 2);
        graph.Conv("turned", "x", [4, 4, 1, 1]);
        graph.Builder.Node("Relu", "positive", ["turned"]);
        graph.Builder.Node("Softmax", "first", ["positive"], GraphBuilder.Int("axis", 1));
        graph.Builder.Node("Softmax", "second", ["positive"], GraphBuilder.Int("axis", 2));
        graph.Builder.Node("Add", "y", ["first", "second"]);
        var operators = graph.Check("y", keep: ["positive", "turned"]);
        Assert.That(operators.Count(name => name == "Transpose"), Is.EqualTo(2), "the image on the way in, the result on the way out; what is only put out comes last");
    }

    [TestCase(new[] { 3, 2 }, true)]
    [TestCase(new[] { 3, 2 }, false)]
    [TestCase(new[] { 7 }, true)]
    public void Build_NormalizationBehindAConvolution_IsFoldedIntoItsWeights(int[] image, bool bias)
    {
        var graph = new RearrangedGraph([4, .. image]);
        graph.Conv("convolved", "x", [6, 2, .. image.Select(_ => 2)], bias, GraphBuilder.Int("group", 2));
        graph.Normalization("y", "convolved", 6, GraphBuilder.Float("epsilon", 0.1f));
        Assert.That(graph.Check("y"), Has.None.EqualTo("BatchNormalization").And.Exactly(1).EqualTo("Conv"));
    }

    [TestCase("read twice")]
    [TestCase("kept")]
    [TestCase("no convolution")]
    public void Build_NormalizationThatIsNotTheOnlyReader_StaysAsItIs(string why)
    {
        var graph = new RearrangedGraph(4, 3, 2);
        if (why == "no convolution")
            graph.Builder.Node("Mul", "convolved", ["x", graph.Weight("factor", 1, 4, 1, 1)]);
        else
            graph.Conv("convolved", "x", [4, 2, 2, 2], true, GraphBuilder.Int("group", 2));
        graph.Normalization("y", "convolved", 4);
        if (why == "read twice")
            graph.Builder.Node("Add", "y2", ["y", "convolved"]);
        Assert.That(graph.Check(why == "read twice" ? "y2" : "y", keep: why == "kept" ? ["convolved"] : []), Has.Some.EqualTo("BatchNormalization"));
    }

    [Test]
    public void Build_Network_GivesTheSameGradients()
    {
        var graph = new RearrangedGraph(3, 9, 8);
        graph.Conv("stem", "x", [4, 3, 3, 3], false, GraphBuilder.Ints("strides", 2, 2), GraphBuilder.Ints("pads", 1, 1, 1, 1));
        graph.Normalization("stem/normal", "stem", 4);
        graph.Builder.Node("Relu", "stem/relu", ["stem/normal"]);
        graph.Conv("wide", "stem/relu", [8, 4, 1, 1], false);
        graph.Normalization("wide/normal", "wide", 8);
        graph.Builder.Node("Relu", "wide/relu", ["wide/normal"]);
        graph.Conv("deep", "wide/relu", [8, 1, 3, 3], false, GraphBuilder.Int("group", 8), GraphBuilder.Ints("pads", 1, 1, 1, 1));
        graph.Normalization("deep/normal", "deep", 8);
        graph.Conv("narrow", "deep/normal", [4, 8, 1, 1], false);
        graph.Builder.Node("Add", "sum", ["stem/relu", "narrow"]);
        graph.Builder.Node("GlobalAveragePool", "mean", ["sum"]);
        graph.Builder.Node("Flatten", "y", ["mean"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(graph.Check("y"), Has.None.EqualTo("BatchNormalization").And.Exactly(1).EqualTo("Conv"));
            Assert.That(graph.Check("y", useKernels: true), Has.None.EqualTo("Conv"));
        }
    }

    private static string Show(RearrangedGraph graph, string output) => string.Join(' ', graph.Check(output));
}
