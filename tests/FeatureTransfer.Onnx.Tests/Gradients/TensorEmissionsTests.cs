using FeatureTransfer.Onnx.Gradients.Operators;

namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>Steps that would change nothing are not written down, and sizes that are not fixed are refused.</summary>
public class TensorEmissionsTests
{
    [Test]
    public void Times_One_IsTheTensorItself() => Expect("", graph => TensorEmissions.Times(graph.Context, "a", 1), "a");

    [Test]
    public void Times_OtherNumber_IsAProduct() => Expect("Mul", graph => TensorEmissions.Times(graph.Context, "a", 2));

    [Test]
    public void Padded_NoZeros_IsTheTensorItself() => Expect("", graph => graph.Context.Padded("a", [0, 0], [0, 0]), "a");

    [TestCase(1, 1, 1, 1)]
    [TestCase(0, 0, 0, 1)]
    [TestCase(-1, 0, 0, 0)]
    public void Padded_Zeros_AreAdded(params long[] pads) => Expect("Pad", graph => graph.Context.Padded("a", pads[..2], pads[2..]));

    [Test]
    public void Joined_OneTensor_IsTheTensorItself() => Expect("", graph => graph.Context.Joined(["a"], 0), "a");

    [Test]
    public void Joined_SeveralTensors_AreOne() => Expect("Concat", graph => graph.Context.Joined(["a", "y"], 0));

    [TestCase(null, 4)]
    [TestCase(new long[] { 1, 1 }, 4)]
    [TestCase(new long[] { 1, 2 }, 5)]
    public void Part_Steps_AreNamedUnlessAllAreOne(long[]? steps, int inputs)
    {
        var graph = Graph(2, 3);
        graph.Context.Part("a", [0, 1], [0, 0], [2, 3], steps);
        Assert.That(graph.Nodes.Single().Input, Has.Count.EqualTo(inputs));
    }

    [TestCase(0, new long[] { 2, 3 })]
    [TestCase(1, new long[] { 3 })]
    [TestCase(2, new long[] { })]
    public void KnownSizes_FixedSizes_AreGivenFromAnAxisOn(int from, long[] expected) => Assert.That(Graph(2, 3).Context.KnownSizes("y", from), Is.EqualTo(expected));

    [TestCase("y", 1, new long[] { -1, 2, 3 }, true)]
    [TestCase("y", 0, new long[] { -1, 2, 3 }, false)]
    [TestCase("y", 1, new long[] { 2, 3, -1 }, false)]
    [TestCase("y", 4, new long[] { 2, 3, 4 }, false)]
    [TestCase("strange", 0, new long[] { 2, 3 }, false)]
    public void KnownSizes_SizesThatAreNotFixed_AreRefused(string tensor, int from, long[] shape, bool known) => Assert.That(
        () => Graph(shape).Context.KnownSizes(tensor, from),
        known ? Throws.Nothing : Throws.TypeOf<FeatureTransferException>().With.Message.Contains($"the sizes of '{tensor}' are free, but its gradient depends on them; give the model's input a fixed height and width"));

    private static void Expect(string operators, Func<EmittedGraph, string> emit, string? output = null)
    {
        var graph = Graph(2, 3);
        var name = emit(graph);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Join(' ', graph.Operators), Is.EqualTo(operators));
            Assert.That(name, Is.EqualTo(output ?? $"backward/y/{operators}"));
        }
    }

    private static EmittedGraph Graph(params long[] shape) => new(EmittedGraph.Node("Relu", "a"), ("a", shape));
}
