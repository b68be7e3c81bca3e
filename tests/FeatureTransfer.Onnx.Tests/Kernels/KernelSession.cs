using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Tests.Kernels;

/// <summary>One operator of our own as the only node of a graph whose sizes are free, and numbers for it.</summary>
internal static class KernelSession
{
    /// <summary>Runs the operator on two threads.</summary>
    /// <param name="name">The operator.</param>
    /// <param name="attribute">What its node carries.</param>
    /// <param name="inputs">The tensors that it reads.</param>
    public static (long[] Shape, float[] Values) Run(string name, AttributeProto attribute, params (float[] Values, long[] Shape)[] inputs)
    {
        using var options = OnnxRuntimeLibrary.NewOptions();
        options.IntraOpNumThreads = 2;
        KernelOperators.AddTo(options);
        using var session = new InferenceSession(Model(name, attribute, inputs), options);
        var values = Array.ConvertAll(inputs, input => OrtValue.CreateTensorValueFromMemory(input.Values, input.Shape));
        using var run = new RunOptions();
        using var results = session.Run(run, session.InputNames, values, session.OutputNames);
        Array.ForEach(values, value => value.Dispose());
        return (results[0].GetTensorTypeAndShape().Shape, results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    /// <summary>Numbers from -1 to 1 that are the same with every run.</summary>
    public static float[] Numbers(int seed, params long[] shape)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, (int)shape.Aggregate((product, size) => product * size)).Select(_ => (float)((random.NextDouble() * 2) - 1))];
    }

    private static byte[] Model(string name, AttributeProto attribute, (float[] Values, long[] Shape)[] inputs)
    {
        var builder = new GraphBuilder("graph");
        for (var i = 0; i < inputs.Length; i++)
            builder.Graph.Input.Add(GraphBuilder.FloatValue($"x{i}", Array.ConvertAll(inputs[i].Shape, _ => -1L)));
        builder.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        builder.Node(name, "y", inputs.Select((_, i) => $"x{i}"), attribute);
        builder.Graph.Node[0].Domain = KernelOperators.Domain;
        var model = new ModelProto { IrVersion = 9, Graph = builder.Graph, OpsetImport = { new OperatorSetIdProto { Version = 18 } } };
        KernelOperators.DeclareIn(model);
        return new OnnxModel(model, "operator").ToBytes();
    }
}
