using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>Operators that can be trained through, but not the way they are set here: the error says why.</summary>
public class RefusedOperatorTests
{
    private static readonly (string Why, Action<GraphBuilder> Add)[] _refused =
    [
        ("storage_order 1 counts winners column by column; export the model with storage_order 0", builder => builder.Node(
            "MaxPool", "y", ["w"], GraphBuilder.Ints("kernel_shape", 2, 2), GraphBuilder.Int("storage_order", 1))),
        ("it crops by a region of interest", builder => builder.Node(
            "Resize", "y", ["w", builder.Constant("region", [0f, 0, 0, 0, 1, 1, 0.5f, 0.5f], 8), builder.Constant("scales", [1f, 1, 2, 2], 4)],
            GraphBuilder.Text("mode", "linear"), GraphBuilder.Text("coordinate_transformation_mode", "tf_crop_and_resize"))),
        ("its scales are computed; they have to be constants", builder => builder.Node(
            "Resize", "y", ["w", "", builder.Node("Add", "scales", [builder.Constant("two", [1f, 1, 2, 2], 4), builder.Node("ReduceSum", "sum", ["x"], GraphBuilder.Int("keepdims", 0))])])),
        ("it takes a diagonal: an index stands twice in one operand", builder => builder.Node(
            "Einsum", "y", ["w", builder.Constant("factor", [1f, 2, 3], 3)], GraphBuilder.Text("equation", "abcc,b->abc"))),
        ("the value that it pads with would have to learn", builder => builder.Node(
            "Pad", "y", ["w", builder.Constant("pads", [0L, 0, 0, 0, 0, 0, 1, 1], 8), builder.Node("ReduceMax", "most", ["w"], GraphBuilder.Int("keepdims", 0))])),
        ("it computes the statistics of the batch; export the model for inference and ask for batch statistics here", builder => builder.Graph.Node.Add(new NodeProto
        {
            OpType = "BatchNormalization",
            Input = { "w", builder.Constant("scale", [1f, 1, 1], 3), "scale", "scale", "scale" },
            Output = { "y", "mean", "variance" },
            Attribute = { GraphBuilder.Int("training_mode", 1) },
        })),
        ("its statistics are read by other layers", builder => LayerNormalization(builder, "", "y", "")),
        ("its statistics are read by other layers", builder => LayerNormalization(builder, "", "", "y")),
        ("an output without a name leaves a gap whose size is unknown", builder => builder.Graph.Node.Add(
            new NodeProto { OpType = "Split", Input = { "w", builder.Constant("parts", [1L, 2L], 2) }, Output = { "", "y" }, Attribute = { GraphBuilder.Int("axis", 1) } })),
        ("the sizes of 'x' are free, but its gradient depends on them; give the model's input a fixed height and width", builder => builder.Node("Conv", "y", ["x", "w"])),
        ("the sizes of 'scaled' are free, but its gradient depends on them; give the model's input a fixed height and width", builder => builder.Node(
            "GlobalAveragePool", "y", [builder.Node("Mul", "scaled", ["x", builder.Node("ReduceMax", "most", ["w"], GraphBuilder.Int("keepdims", 0))])])),
    ];

    [TestCaseSource(nameof(Cases))]
    public void Build_OperatorThatCannotBeTrainedThrough_SaysWhy(int place)
    {
        var (why, add) = _refused[place];
        var builder = new GraphBuilder("small");
        builder.Constant("w", [.. Enumerable.Range(1, 48).Select(i => (float)i)], 1, 3, 4, 4);
        builder.Graph.Input.Add(GraphBuilder.FloatValue("x", -1, 3, -1, 4));
        add(builder);
        builder.Node("ReduceSum", "loss", ["y"], GraphBuilder.Int("keepdims", 0));
        var model = new OnnxModel(new ModelProto { IrVersion = 8, Graph = builder.Graph, OpsetImport = { new OperatorSetIdProto { Version = 18 } } }, "small");
        Assert.That(
            () => GradientGraph.Build(model, new GradientRequest { Loss = "loss", Trainable = ["w"] }),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains($"cannot be trained through: {why}. "));
    }

    private static IEnumerable<TestCaseData> Cases() => _refused.Select((refused, place) => new TestCaseData(place).SetArgDisplayNames($"{place}: {refused.Why}"));

    private static void LayerNormalization(GraphBuilder builder, params string[] outputs) => builder.Graph.Node.Add(
        new NodeProto { OpType = "LayerNormalization", Input = { "w", builder.Constant("scale", [1f, 1, 1, 1], 4) }, Output = { outputs[0].Length > 0 ? outputs[0] : "normal", outputs[1], outputs[2] } });
}
