using FeatureTransfer.Onnx.Fusion;
using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Tests.Fusion;

/// <summary>Graphs of one of ONNX Runtime's operators over images of bytes, x (batch, height, width, channels) -> y, as themselves and rewritten.</summary>
internal static class QuantizedGraph
{
    private const string Domain = "com.microsoft";

    /// <summary>A graph that takes and gives bytes.</summary>
    public static GraphBuilder Start()
    {
        var builder = new GraphBuilder("bytes");
        builder.Graph.Input.Add(Value(builder.Unused("x")));
        builder.Graph.Output.Add(Value("y"));
        return builder;
    }

    /// <summary>Adds the operator.</summary>
    public static GraphProto End(GraphBuilder builder, string op, IEnumerable<string> inputs, params AttributeProto[] attributes)
    {
        builder.Node(op, "y", inputs, attributes);
        builder.Graph.Node[0].Domain = Domain;
        return builder.Graph;
    }

    /// <summary>The operators of a graph, rewritten.</summary>
    public static List<string> Operators(GraphProto graph)
    {
        IntegerFusion.Rewrite(graph);
        return [.. graph.Node.Select(node => node.OpType)];
    }

    /// <summary>What comes out of a graph.</summary>
    public static byte[] Run<T>(GraphProto graph, bool isRewritten, int threads, T[] values, params long[] shape)
        where T : unmanaged
    {
        if (isRewritten)
            IntegerFusion.Rewrite(graph);
        var proto = new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 18 }, new OperatorSetIdProto { Domain = Domain, Version = 1 } } };
        KernelOperators.DeclareIn(proto);
        using var options = OnnxRuntimeLibrary.NewOptions();
        options.IntraOpNumThreads = threads;
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        KernelOperators.AddTo(options);
        using var session = new InferenceSession(new OnnxModel(proto, "bytes.onnx").ToBytes(), options);
        using var input = OrtValue.CreateTensorValueFromMemory(values, shape);
        using var run = new RunOptions();
        using var results = session.Run(run, session.InputNames, [input], session.OutputNames);
        return results[0].GetTensorDataAsSpan<byte>().ToArray();
    }

    /// <summary>Bytes that are the same with every run.</summary>
    public static byte[] Bytes(int count)
    {
        var values = new byte[count];
        new Random(5).NextBytes(values);
        return values;
    }

    private static ValueInfoProto Value(string name) => new()
    {
        Name = name,
        Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Uint8 } },
    };
}
