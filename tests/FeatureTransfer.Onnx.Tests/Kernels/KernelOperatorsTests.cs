using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Tests.Kernels;

[TestFixture]
internal sealed class KernelOperatorsTests
{
    [TestCase(1)]
    [TestCase(2)]
    public void PassedGradient_WithBounds_PassesWhereTheOutputIsBetweenThem(int threads)
    {
        float[] gradient = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
        float[] output = [-1, float.NaN, 3, 6, 5.9f, 1, 2, -0.9f, 4, -1, 6];
        Assert.That(Run(PassedGradient.OperatorName, threads, gradient, output, [-1, 6]), Is.EqualTo(new float[] { 0, 0, 3, 0, 5, 6, 7, 8, 9, 0, 0 }));
    }

    [Test]
    public void PassedGradient_WithoutBounds_PassesWhereTheOutputIsAboveZero()
    {
        var gradient = Enumerable.Range(1, 100_003).Select(i => (float)i).ToArray();
        var output = Array.ConvertAll(gradient, value => value % 3 == 0 ? 0f : 1);
        Assert.That(Run(PassedGradient.OperatorName, 2, gradient, output), Is.EqualTo(gradient.Zip(output, (left, right) => left * right)));
    }

    [Test]
    public void Session_WithoutTheOperators_SaysSo()
    {
        var model = Model(PassedGradient.OperatorName, 2);
        Assert.That(() => new InferenceSession(model), Throws.TypeOf<OnnxRuntimeException>().With.Message.Contains(KernelOperators.Domain));
    }

    [Test]
    public void Session_WithoutTheAttribute_FailsWithAMessage()
    {
        var builder = new GraphBuilder("graph");
        builder.Graph.Input.Add(GraphBuilder.FloatValue("x0", 4));
        builder.Graph.Input.Add(GraphBuilder.FloatValue("x1", 4));
        builder.Graph.Output.Add(GraphBuilder.FloatValue("y", 4));
        builder.Node(PassedGradient.OperatorName, "y", ["x0", "x1"]);
        builder.Graph.Node[0].Domain = KernelOperators.Domain;
        using var options = Options(1);
        var bytes = Bytes(builder);
        Assert.That(() => new InferenceSession(bytes, options), Throws.TypeOf<OnnxRuntimeException>().With.Message.Contains("attribute"));
    }

    private static float[] Run(string name, int threads, params float[][] inputs)
    {
        using var options = Options(threads);
        using var session = new InferenceSession(Model(name, inputs.Length), options);
        var values = Array.ConvertAll(inputs, input => OrtValue.CreateTensorValueFromMemory(input, [input.Length]));
        using var run = new RunOptions();
        using var results = session.Run(run, session.InputNames, values, session.OutputNames);
        Array.ForEach(values, value => value.Dispose());
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static SessionOptions Options(int threads)
    {
        var options = OnnxRuntimeLibrary.NewOptions();
        options.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
        options.IntraOpNumThreads = threads;
        KernelOperators.AddTo(options);
        return options;
    }

    private static byte[] Model(string name, int inputs)
    {
        var builder = new GraphBuilder("graph");
        for (var i = 0; i < inputs; i++)
            builder.Graph.Input.Add(GraphBuilder.FloatValue($"x{i}", -1));
        builder.Graph.Output.Add(GraphBuilder.FloatValue("y", -1));
        builder.Node(name, "y", Enumerable.Range(0, inputs).Select(i => $"x{i}"), GraphBuilder.Ints(KernelNode.Attribute, 0));
        builder.Graph.Node[0].Domain = KernelOperators.Domain;
        return Bytes(builder);
    }

    private static byte[] Bytes(GraphBuilder builder)
    {
        var model = new ModelProto { IrVersion = 9, Graph = builder.Graph, OpsetImport = { new OperatorSetIdProto { Version = 18 } } };
        KernelOperators.DeclareIn(model);
        return new OnnxModel(model, "operators").ToBytes();
    }
}
