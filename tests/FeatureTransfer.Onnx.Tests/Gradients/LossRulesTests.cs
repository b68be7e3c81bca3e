using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;
using DataType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>What a loss asks of scores and options, and what its input for labels looks like.</summary>
public class LossRulesTests
{
    private static readonly float[] _two = [1, 2];

    private static IEnumerable<TestCaseData> Senseless()
    {
        yield return new TestCaseData(new LossOptions { LabelSmoothing = -0.5f }, "LossOptions: LabelSmoothing is -0.5; expected 0 or more and less than 1.");
        yield return new TestCaseData(new LossOptions { LabelSmoothing = 1 }, "LossOptions: LabelSmoothing is 1; expected 0 or more and less than 1.");
        yield return new TestCaseData(new LossOptions { LabelSmoothing = float.NaN }, "LossOptions: LabelSmoothing is NaN; expected 0 or more and less than 1.");
        yield return new TestCaseData(new LossOptions { FocalGamma = -1 }, "LossOptions: FocalGamma is -1; expected 0 or more.");
        yield return new TestCaseData(new LossOptions { FocalGamma = float.PositiveInfinity }, "LossOptions: FocalGamma is Infinity; expected 0 or more.");
        yield return new TestCaseData(new LossOptions { LabelSmoothing = 1, FocalGamma = -1 }, "LossOptions: LabelSmoothing is 1; expected 0 or more and less than 1. FocalGamma is -1; expected 0 or more.");
        float[][] weights = [[], [1, -1], [1, float.NaN], [1, float.PositiveInfinity], [0, 0]];
        foreach (var wrong in weights)
        {
            yield return new TestCaseData(new LossOptions { ClassWeights = wrong }, "LossOptions: ClassWeights must hold one finite number of 0 or more per class, not all of them 0.")
                .SetArgDisplayNames(FormattableString.Invariant($"weights {string.Join(' ', wrong)}"));
        }

        const string Numbers = "LossOptions: MeanSquaredError has neither LabelSmoothing nor ClassWeights: its labels are numbers.";
        yield return new TestCaseData(new LossOptions { Kind = LossKind.MeanSquaredError, LabelSmoothing = 0.1f }, Numbers);
        yield return new TestCaseData(new LossOptions { Kind = LossKind.MeanSquaredError, ClassWeights = _two }, Numbers);
    }

    private static IEnumerable<LossOptions> Sensible() =>
    [
        new() { LabelSmoothing = 0, FocalGamma = 0 },
        new() { LabelSmoothing = 0.99f },
        new() { ClassWeights = [0, 1] },
        new() { Kind = LossKind.MeanSquaredError },
    ];

    [TestCaseSource(nameof(Senseless))]
    public void Validate_SenselessOptions_NamesEachFault(LossOptions options, string message) =>
        Assert.That(options.Validate, Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo(message));

    [TestCaseSource(nameof(Sensible))]
    public void Validate_BordersOfWhatMakesSense_Pass(LossOptions options) => Assert.That(options.Validate, Throws.Nothing);

    [TestCase(LossKind.SoftmaxCrossEntropy)]
    [TestCase(LossKind.Focal)]
    public void Append_SoftmaxOfOneScore_IsRefused(LossKind kind) => Assert.That(
        () => LossGraph.Append(Model([-1, 1]), "scores", new LossOptions { Kind = kind }),
        Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo("rules: a softmax needs scores (batch, classes) of two classes or more, but 'scores' has the shape (?, 1)."));

    [TestCase(LossKind.BinaryCrossEntropy)]
    [TestCase(LossKind.MeanSquaredError)]
    public void Append_OneScore_IsEnoughForOtherLosses(LossKind kind) =>
        Assert.That(LossGraph.Append(Model([-1, 1]), "scores", new LossOptions { Kind = kind }).Loss, Is.EqualTo("loss"));

    [Test]
    public void Append_SoftmaxOfTwoScores_IsEnough() => Assert.That(LossGraph.Append(Model([-1, 2]), "scores", new LossOptions()).LabelsInput, Is.EqualTo("labels"));

    [Test]
    public void Append_SoftmaxOfPlainNumbers_IsRefused() => Assert.That(
        () => LossGraph.Append(Model([5]), "scores", new LossOptions()), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'scores' has the shape (5)"));

    [Test]
    public void Append_WeightsOfOtherClasses_SaysHowMany() => Assert.That(
        () => LossGraph.Append(Model([-1, 3]), "scores", new LossOptions { ClassWeights = _two }),
        Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo("rules: there are 2 class weights, but 'scores' has the shape (?, 3). Expected one per class."));

    [Test]
    public void Append_WholeNumbers_AreNoScores() => Assert.That(
        () => LossGraph.Append(Model([-1, 3], DataType.Int64), "scores", new LossOptions()),
        Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo("rules: the shape of 'scores' cannot be told before the graph runs. Choose a layer of scores (batch, classes)."));

    [Test]
    public void Append_UnknownLayer_SaysSo() => Assert.That(
        () => LossGraph.Append(Model([-1, 3]), "score", new LossOptions()), Throws.TypeOf<FeatureTransferException>().With.Message.StartsWith("rules: there is no layer 'score'."));

    [Test]
    public void Append_OldModel_IsBroughtToTheOperatorSetOfGradients()
    {
        var model = Model([-1, 3]);
        model.Proto.OpsetImport[0].Version = 11;
        Assert.That(LossGraph.Append(model, "scores", new LossOptions()).Model.Proto.OpsetImport.Single().Version, Is.EqualTo(18));
    }

    // Rows of rows are rows: the classes lie along the last axis.
    [TestCase(LossKind.SoftmaxCrossEntropy)]
    [TestCase(LossKind.Focal)]
    [TestCase(LossKind.BinaryCrossEntropy)]
    [TestCase(LossKind.MeanSquaredError)]
    public void Append_ScoresOfThreeAxes_GiveTheLossOfTheirRows(LossKind kind)
    {
        var (flat, deep) = (Loss([-1, 3], 2, 3), Loss([-1, -1, 3], 1, 2, 3));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(deep.Values[0], Is.EqualTo(flat.Values[0]).Within(1e-6));
            Assert.That(flat.Shape, Is.Empty);
            Assert.That(deep.Shape, Is.Empty);
        }

        (double[] Values, long[] Shape) Loss(long[] free, params long[] shape)
        {
            var model = Model(free);
            model.Proto.Graph.Input[0].Type.TensorType.Shape.Dim[^2].DimParam = "rows";
            using var session = new NumberSession(LossGraph.Append(model, "scores", new LossOptions { Kind = kind }).Model);
            return session.Run(new Dictionary<string, (double[] Values, long[] Shape)> { ["x"] = ([0.3, -1.2, 2, 0.7, 0.1, -0.4], shape), ["labels"] = ([0, 0, 1, 0.25, 0.75, 0], shape) })["loss"];
        }
    }

    [TestCase("rows", "rows")]
    [TestCase("", "batch")]
    public void Append_FreeSizes_HaveTheNameOfTheModelsRowsOrOneOfTheirOwn(string rows, string expected)
    {
        var model = Model([-1, -1, 3]);
        var sizes = model.Proto.Graph.Input[0].Type.TensorType.Shape.Dim;
        sizes[0] = rows.Length > 0 ? new TensorShapeProto.Types.Dimension { DimParam = rows } : new TensorShapeProto.Types.Dimension();
        sizes[1] = new TensorShapeProto.Types.Dimension { DimParam = "length" };
        model.Proto.Graph.Input.Insert(0, GraphBuilder.FloatValue("other", 4));
        model.Proto.Graph.Input.Insert(0, new ValueInfoProto { Name = "strange", Type = new TypeProto { SequenceType = new() { ElemType = GraphBuilder.FloatValue("", 1).Type } } });
        var labels = LossGraph.Append(model, "scores", new LossOptions()).Model.Proto.Graph.Input[^1];
        Assert.That(labels.Type.TensorType.Shape.Dim.Select(size => size.HasDimValue ? $"{size.DimValue}" : size.DimParam), Is.EqualTo(new[] { expected, "labels_1", "3" }));
    }

    [TestCase(DataType.Float)]
    [TestCase(DataType.Double)]
    public void Append_Loss_IsOneNumberInThePrecisionOfTheScores(DataType type)
    {
        var graph = LossGraph.Append(Model([-1, 3], type), "scores", new LossOptions { ClassWeights = [1, 2, 3], LabelSmoothing = 0.5f }).Model.Proto.Graph;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(graph.Output[^1].Type.TensorType.ElemType, Is.EqualTo((int)type));
            Assert.That(graph.Output[^1].Type.TensorType.Shape.Dim, Is.Empty);
            Assert.That(graph.Input[^1].Type.TensorType.ElemType, Is.EqualTo((int)type));
            Assert.That(graph.Initializer.Where(tensor => tensor.DataType != (int)DataType.Int64).Select(tensor => tensor.DataType), Is.All.EqualTo((int)type));
        }
    }

    // What an option does not ask for is not computed.
    [TestCase(LossKind.Focal, 0f, 0)]
    [TestCase(LossKind.Focal, 0.5f, 1)]
    [TestCase(LossKind.SoftmaxCrossEntropy, 2f, 0)]
    public void Append_FocalLoss_DoubtsOnlyWhereItCounts(LossKind kind, float gamma, int powers) => Assert.That(
        LossGraph.Append(Model([-1, 3]), "scores", new LossOptions { Kind = kind, FocalGamma = gamma }).Model.Proto.Graph.Node.Count(node => node.OpType == "Pow"), Is.EqualTo(powers));

    [TestCase(LossKind.SoftmaxCrossEntropy, "Identity LogSoftmax Mul ReduceSum Neg ReduceMean")]
    [TestCase(LossKind.BinaryCrossEntropy, "Identity Softplus Mul Sub ReduceMean")]
    public void Append_PlainLoss_IsShort(LossKind kind, string operators) => Assert.That(
        string.Join(' ', LossGraph.Append(Model([-1, 3]), "scores", new LossOptions { Kind = kind }).Model.Proto.Graph.Node.Select(node => node.OpType)), Is.EqualTo(operators));

    [Test]
    public void Append_Model_StaysAsItIs()
    {
        var model = Model([-1, 3]);
        var before = model.ToBytes();
        LossGraph.Append(model, "scores", new LossOptions());
        Assert.That(model.ToBytes(), Is.EqualTo(before));
    }

    [Test]
    public void Append_NamesThatAreThere_AreLeftAlone()
    {
        var model = Model([-1, 3]);
        foreach (var name in new[] { "labels", "loss" })
            model.Proto.Graph.Node.Add(new NodeProto { OpType = "Identity", Input = { "scores" }, Output = { name } });
        var (whole, loss, labels) = LossGraph.Append(model, "scores", new LossOptions());
        using (Assert.EnterMultipleScope())
        {
            Assert.That((loss, labels), Is.EqualTo(("loss_1", "labels_1")));
            Assert.That(whole.Proto.Graph.Node.SelectMany(node => node.Output), Is.Unique);
        }
    }

    private static OnnxModel Model(long[] shape, DataType type = DataType.Float)
    {
        var builder = new GraphBuilder("rules");
        var input = GraphBuilder.FloatValue("x", shape);
        input.Type.TensorType.ElemType = (int)type;
        builder.Graph.Input.Add(input);
        builder.Node("Identity", "scores", ["x"]);
        builder.Graph.Output.Add(new ValueInfoProto { Name = "scores" });
        return new OnnxModel(new ModelProto { IrVersion = 8, Graph = builder.Graph, OpsetImport = { new OperatorSetIdProto { Version = 18 } } }, "rules");
    }
}
