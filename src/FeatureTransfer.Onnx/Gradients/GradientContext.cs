using FeatureTransfer.Onnx.Kernels;
using DataType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Gradients;

/// <summary>One node on the way back: what flows into it, and the means to write down what flows out of it.</summary>
internal sealed class GradientContext(BackwardEmitter emitter, GradientFlow flow, NodeProto node, GradientRequest request)
{
    /// <summary>The node to differentiate.</summary>
    public NodeProto Node => node;

    /// <summary>The version of the operators in the graph: 18 or later.</summary>
    public long Opset { get; } = emitter.Model.Proto.Opset();

    /// <summary>Whether batch normalization uses the statistics of the batch.</summary>
    public bool BatchStatistics => request.BatchStatistics;

    /// <summary>Whether operators of our own may compute what flows back.</summary>
    public bool UsesKernels => request.UseKernels && ElementType == DataType.Float;

    /// <summary>The precision of the node's output, in which constants are written.</summary>
    public DataType ElementType { get; } = emitter.Tensors[node.Output.First(output => output.Length > 0)].Type;

    /// <summary>The number of inputs, those left out included.</summary>
    public int InputCount => node.Input.Count;

    /// <summary>The number of outputs, those left out included.</summary>
    public int OutputCount => node.Output.Count;

    /// <summary>The name of an input.</summary>
    public string Input(int i) => node.Input[i];

    /// <summary>Whether an input is given.</summary>
    public bool HasInput(int i) => node.InputOrEmpty(i).Length > 0;

    /// <summary>The name of an output.</summary>
    public string Output(int i) => node.Output[i];

    /// <summary>The name of an output that the backward pass reads; the forward node puts it out from now on, if it did not.</summary>
    public string ForwardOutput(int i)
    {
        while (node.Output.Count <= i)
            node.Output.Add("");
        if (node.Output[i].Length == 0)
            node.Output[i] = emitter.Unused($"{node.Output[0]}/{i}");
        return node.Output[i];
    }

    /// <summary>The gradient of an output, of its shape; null where nothing flows back into it.</summary>
    public string? OutputGradient(int i) => i < node.Output.Count ? flow.Gradient(node.Output[i]) : null;

    /// <summary>Whether an input lies on the trainable path.</summary>
    public bool Needs(int input) => HasInput(input) && flow.Needs(node.Input[input]);

    /// <summary>Adds to the gradient of an input; it must have the input's shape.</summary>
    public void Accumulate(int input, string gradient)
    {
        if (Needs(input))
            flow.Add(node.Input[input], gradient);
    }

    /// <summary>Adds a node with one output and returns it; a node that is there already serves again.</summary>
    public string Emit(string op, IEnumerable<string> inputs, params AttributeProto[] attributes) => EmitMany(op, 1, inputs, attributes)[0];

    /// <summary>Adds a node of an operator of our own and returns its output.</summary>
    public string EmitKernel(string op, IEnumerable<string> inputs, AttributeProto? attribute = null)
    {
        KernelOperators.DeclareIn(emitter.Model.Proto);
        return emitter.Node(op, 1, node.Output[0], inputs, [attribute ?? GraphBuilder.Ints(KernelNode.Attribute, 0)], KernelOperators.Domain)[0];
    }

    /// <summary>Adds a node with several outputs and returns them.</summary>
    public string[] EmitMany(string op, int outputs, IEnumerable<string> inputs, params AttributeProto[] attributes) =>
        emitter.Node(op, outputs, node.Output.First(output => output.Length > 0), inputs, attributes);

    /// <summary>A constant list of numbers in the precision of the node's output.</summary>
    public string Floats(params float[] values) => emitter.Constant(TensorValues.Floats(ElementType, values, values.Length));

    /// <summary>A constant number in the precision of the node's output.</summary>
    public string Scalar(float value) => emitter.Constant(TensorValues.Floats(ElementType, [value]));

    /// <summary>A constant list of whole numbers.</summary>
    public string Ints(params long[] values) => emitter.Constant(TensorValues.Ints(values, values.Length));

    /// <summary>A constant of any kind; its name is given to it.</summary>
    public string Constant(TensorProto tensor) => emitter.Constant(tensor);

    /// <summary>Undoes broadcasting: sums a gradient to the shape of a tensor.</summary>
    public string ReduceTo(string gradient, string like) => Broadcasting.ReduceTo(this, gradient, like);

    /// <summary>The sizes of a tensor, null for those that are free; null where even the rank is unknown.</summary>
    public long?[]? Shape(string tensor) => emitter.Tensors[tensor].Shape;

    /// <summary>All that is known of a tensor.</summary>
    public TensorFacts Facts(string tensor) => emitter.Tensors[tensor];

    /// <summary>The element type of a tensor of the model.</summary>
    public DataType Type(string tensor) => emitter.Tensors[tensor].Type;

    /// <summary>The rank of a tensor.</summary>
    /// <exception cref="FeatureTransferException">It cannot be told.</exception>
    public int Rank(string tensor) => emitter.Tensors[tensor].Rank ?? throw Unsupported($"the rank of '{tensor}' cannot be told before the graph runs");

    /// <summary>The whole numbers of a constant; null for what is computed.</summary>
    public long[]? ConstantInts(string tensor) => emitter.Tensors.Ints(tensor);

    /// <summary>The numbers of a constant; null for what is computed.</summary>
    public float[]? ConstantFloats(string tensor) => emitter.Tensors.Constant(tensor) is { } constant ? TensorValues.Floats(constant) : null;

    /// <summary>The shape of a tensor as a tensor: a constant where it is fixed.</summary>
    public string ShapeOf(string tensor) => Shape(tensor) is { } shape && !shape.Contains(null)
        ? Ints([.. shape.Select(size => size!.Value)])
        : Emit("Shape", [tensor]);

    /// <summary>Gives the elements of one tensor the shape of another.</summary>
    public string ReshapeLike(string value, string like) => Shape(like) is { } shape && shape.Count(size => size is null) <= 1 && !shape.Contains(0)
        ? Emit("Reshape", [value, Ints([.. shape.Select(size => size ?? -1)])])
        : Emit("Reshape", [value, Emit("Shape", [like])]);

    /// <summary>The number in an attribute.</summary>
    public long Int(string attribute, long missing) => node.Int(attribute, missing);

    /// <summary>The numbers in an attribute; null where it is missing.</summary>
    public long[]? IntList(string attribute) => node.Ints(attribute);

    /// <summary>The number in an attribute.</summary>
    public float Float(string attribute, float missing) => node.Float(attribute, missing);

    /// <summary>The text in an attribute.</summary>
    public string Text(string attribute, string missing) => node.Text(attribute, missing);

    /// <summary>Why this node cannot be differentiated, and from where training works instead.</summary>
    public FeatureTransferException Unsupported(string why) => GradientFaults.Unsupported(emitter.Model.Name, node, why);
}
