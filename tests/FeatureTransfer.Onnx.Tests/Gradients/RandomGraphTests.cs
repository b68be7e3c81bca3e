using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;
using FsCheck;
using FsCheck.Fluent;

namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>Whatever graph small steps make, its gradient agrees with central differences.</summary>
public class RandomGraphTests
{
    private static readonly Dictionary<string, (double[] Values, long[] Shape)> _weights = new()
    {
        ["w0"] = (OperatorInput.Random(-1, 1, [2, 3], 1), [2, 3]),
        ["w1"] = (OperatorInput.Random(-1, 1, [2, 3], 2), [2, 3]),
        ["w2"] = (OperatorInput.Random(-1, 1, [3], 3), [3]),
    };

    private static readonly Action<GraphBuilder, string, string, string>[] _steps =
    [
        (builder, a, b, y) => builder.Node("Add", y, [a, b]),
        (builder, a, b, y) => builder.Node("Sub", y, [a, b]),
        (builder, a, b, y) => builder.Node("Mul", y, [a, builder.Node("Tanh", $"{y}/tanh", [b])]),
        (builder, a, b, y) => builder.Node("Div", y, [a, builder.Node("Add", $"{y}/width", ["one", builder.Node("Mul", $"{y}/square", [b, b])])]),
        (builder, a, b, y) => builder.Node("Sub", y, [a, builder.Node("ReduceMean", $"{y}/mean", [b, "axis"])]),
        (builder, a, _, y) => builder.Node("Sqrt", y, [builder.Node("Add", $"{y}/positive", ["one", builder.Node("Mul", $"{y}/square", [a, a])])]),
        (builder, a, b, y) => builder.Node("Mul", y, [builder.Node("Reshape", $"{y}/shaped", [builder.Node("Transpose", $"{y}/turned", [a]), "shape"]), builder.Node("Tanh", $"{y}/tanh", [b])]),
        (builder, a, b, y) => builder.Node("Slice", y, [builder.Node("Concat", $"{y}/both", [a, b], GraphBuilder.Int("axis", 1)), "start", "end", "axis"]),
    ];

    [Test]
    public void Build_AnyGraph_AgreesWithCentralDifferences()
    {
        var step = Gen.Zip(Gen.Choose(0, _steps.Length - 1), Gen.Zip(Gen.Choose(0, 20), Gen.Choose(0, 20)));
        var recipes = Gen.ArrayOf(step).Where(steps => steps.Length is > 0 and <= 12).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(recipes, steps => Agrees([.. steps.Select(s => (s.Item1, s.Item2.Item1, s.Item2.Item2))])));
    }

    private static bool Agrees((int Step, int First, int Second)[] steps)
    {
        var graph = GradientGraph.Build(Model(steps), new GradientRequest { Loss = "loss", Trainable = [.. _weights.Keys] });
        using var session = new NumberSession(graph.Model);
        var results = session.Run(_weights);
        return graph.Trainable.All(tensor =>
            GradientCheck.RelativeDistance(results[tensor.Gradient].Values, Differences(session, tensor.Name)) < 1e-3);
    }

    private static OnnxModel Model((int Step, int First, int Second)[] steps)
    {
        var builder = new GraphBuilder("random");
        builder.Constant("start", [1L], 1);
        builder.Constant("end", [4L], 1);
        builder.Constant("axis", [1L], 1);
        builder.Constant("shape", [2L, 3L], 2);
        builder.Graph.Initializer.Add(Doubles("one", [1], []));
        builder.Graph.Initializer.Add(_weights.Select(weight => Doubles(weight.Key, weight.Value.Values, weight.Value.Shape)));
        var tensors = new List<string> { "w0", "w1", builder.Node("Add", "sum", ["w1", "w2"]) };
        foreach (var (step, first, second) in steps)
        {
            var output = $"y{tensors.Count}";
            _steps[step](builder, tensors[first % tensors.Count], tensors[second % tensors.Count], output);
            tensors.Add(output);
        }

        // Every weight takes part.
        var all = builder.Node("Sum", "all", [tensors[^1], "w0", "w1", "w2"]);
        builder.Node("ReduceSum", "loss", [all], GraphBuilder.Int("keepdims", 0));
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = 18 });
        return new OnnxModel(proto, "random");
    }

    private static TensorProto Doubles(string name, double[] values, long[] shape) =>
        new() { Name = name, DataType = (int)TensorProto.Types.DataType.Double, DoubleData = { values }, Dims = { shape } };

    private static double[] Differences(NumberSession session, string name)
    {
        var (values, shape) = _weights[name];
        return [.. values.Select((_, i) => (Loss(i, 1e-5) - Loss(i, -1e-5)) / 2e-5)];

        double Loss(int i, double by)
        {
            double[] moved = [.. values];
            moved[i] += by;
            return session.Run(new Dictionary<string, (double[], long[])>(_weights) { [name] = (moved, shape) })["loss"].Values[0];
        }
    }
}
