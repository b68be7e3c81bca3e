using System.Globalization;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Gradients.Layers;

/// <summary>One node with random tensors, all of which learn, behind which the loss is a weighted sum of the output.</summary>
internal sealed class LayerCase
{
    private readonly List<(float[] Values, long[] Shape)> _tensors = [];
    private readonly List<string> _inputs = [];
    private readonly List<TensorProto> _constants = [];
    private readonly List<AttributeProto> _attributes = [];

    public LayerCase(string op, int opset = 18)
    {
        Op = op;
        Opset = opset;
    }

    public string Op { get; }

    public int Opset { get; }

    /// <summary>How far elements are moved; linear operators bear a large step, which keeps rounding small.</summary>
    public float Step { get; private init; } = 0.25f;

    /// <summary>Whether values lie far apart from each other, so that no maximum changes its place.</summary>
    public bool Apart { get; init; }

    public IReadOnlyList<string> Learning => [.. _inputs.Where(name => name.StartsWith('t'))];

    /// <summary>The same for an operator that is not linear.</summary>
    public static LayerCase Curved(string op, int opset = 18) => new(op, opset) { Step = 0.01f };

    /// <summary>Adds an input that learns.</summary>
    public LayerCase Tensor(params long[] shape)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"t{_inputs.Count}");
        _tensors.Add((Random(shape, _inputs.Count), shape));
        _inputs.Add(name);
        return this;
    }

    /// <summary>Adds an input with values above 0 that does not learn.</summary>
    public LayerCase Positive(params long[] shape) => Constant(Floats([.. Random(shape, 77).Select(value => 0.5f + Math.Abs(value))], shape));

    public LayerCase Floats(params float[] values) => Constant(Floats(values, [values.Length]));

    public LayerCase Scalar(float value) => Constant(Floats([value], []));

    public LayerCase Ints(params long[] values)
    {
        var tensor = new TensorProto { DataType = (int)TensorProto.Types.DataType.Int64, Dims = { values.Length }, Int64Data = { values } };
        return Constant(tensor);
    }

    public LayerCase True() => Constant(new TensorProto { DataType = (int)TensorProto.Types.DataType.Bool, Int32Data = { 1 } });

    /// <summary>Leaves an input out.</summary>
    public LayerCase None()
    {
        _inputs.Add("");
        return this;
    }

    public LayerCase With(string name, params long[] values) => With(GraphBuilder.Ints(name, values));

    public LayerCase Int(string name, long value) => With(GraphBuilder.Int(name, value));

    public LayerCase Float(string name, float value) => With(GraphBuilder.Float(name, value));

    public LayerCase Text(string name, string value) => With(GraphBuilder.Text(name, value));

    /// <summary>The node alone: its tensors are inputs, y is the output.</summary>
    public OnnxModel Forward()
    {
        var builder = Start();
        foreach (var (name, tensor) in Learning.Zip(_tensors))
            builder.Graph.Input.Add(GraphBuilder.FloatValue(name, tensor.Shape));
        builder.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        return Model(builder);
    }

    /// <summary>The node and the loss: the sum of the output, weighted by the input r in the output's shape.</summary>
    public OnnxModel WithLoss(long[] outputShape)
    {
        var builder = Start();
        builder.Graph.Input.Add(GraphBuilder.FloatValue("r", outputShape));

        // A model without any input that varies is folded to a constant; the weights of the loss are that input.
        foreach (var (name, tensor) in Learning.Zip(_tensors))
        {
            var initializer = Floats(tensor.Values, tensor.Shape);
            initializer.Name = name;
            builder.Graph.Initializer.Add(initializer);
        }

        builder.Node("Mul", "weighted", ["y", "r"]);
        builder.Node("ReduceSum", "loss", ["weighted"], GraphBuilder.Int("keepdims", 0));
        builder.Graph.Output.Add(new ValueInfoProto { Name = "loss" });
        return Model(builder);
    }

    public Dictionary<string, (float[] Values, long[] Shape)> Values() => Learning.Zip(_tensors).ToDictionary(pair => pair.First, pair => pair.Second);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Op}-{Opset}({string.Join("; ", _tensors.Select(tensor => string.Join('x', tensor.Shape)))}) {string.Join(' ', _attributes.Select(Describe))}");

    private static string Describe(AttributeProto attribute) => string.Create(CultureInfo.InvariantCulture, $"{attribute.Name}={attribute.Type switch
    {
        AttributeProto.Types.AttributeType.Ints => string.Join(',', attribute.Ints),
        AttributeProto.Types.AttributeType.Int => attribute.I,
        AttributeProto.Types.AttributeType.Float => attribute.F,
        _ => attribute.S.ToStringUtf8(),
    }}");

    private GraphBuilder Start()
    {
        var builder = new GraphBuilder("layer");
        foreach (var constant in _constants)
            builder.Graph.Initializer.Add(constant.Clone());
        builder.Node(Op, "y", _inputs, [.. _attributes]);
        return builder;
    }

    private OnnxModel Model(GraphBuilder builder)
    {
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Opset });
        return new OnnxModel(proto, ToString());
    }

    private LayerCase With(AttributeProto attribute)
    {
        _attributes.Add(attribute);
        return this;
    }

    private LayerCase Constant(TensorProto tensor)
    {
        tensor.Name = string.Create(CultureInfo.InvariantCulture, $"c{_inputs.Count}");
        _constants.Add(tensor);
        _inputs.Add(tensor.Name);
        return this;
    }

    private static TensorProto Floats(float[] values, long[] shape) =>
        new() { DataType = (int)TensorProto.Types.DataType.Float, Dims = { shape }, FloatData = { values } };

    private float[] Random(long[] shape, int seed)
    {
        var random = new Random(seed + 5);
        var count = (int)shape.Aggregate(1L, (product, size) => product * size);
        if (!Apart)
            return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2) - 1))];
        var places = Enumerable.Range(0, count).ToArray();
        random.Shuffle(places);
        return [.. places.Select(place => place - (count / 2f))];
    }
}
