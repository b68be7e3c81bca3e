using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Onnx.Tests.Quantization;

public class ProductNodeTests
{
    private readonly GraphBuilder _builder = new("products");

    [OneTimeSetUp]
    public void AddConstants()
    {
        _builder.Constant("w", new float[6], 3, 2);
        _builder.Constant("kernels", new float[6], 3, 2, 1);
        _builder.Constant("integers", new long[6], 3, 2);
        _builder.Constant("two", new float[2], 2);
        _builder.Constant("three", new float[3], 3);
        _builder.Constant("row", new float[2], 1, 2);
        _builder.Constant("whole", new long[2], 2);
    }

    [TestCase("MatMul", "w", ExpectedResult = 1)]
    [TestCase("Conv", "kernels", ExpectedResult = 0)]
    [TestCase("Gemm", "w", ExpectedResult = 1)]
    public int? Of_Product_HasTheAxisOfItsOutputs(string op, string weight) => Of(op, ["x", weight])?.Axis;

    [TestCase("MatMul", "x", "kernels", Description = "not a matrix")]
    [TestCase("MatMul", "x", "integers")]
    [TestCase("MatMul", "x", "y", Description = "two tensors")]
    [TestCase("MatMul", "three", "w", Description = "both are constant")]
    [TestCase("Add", "x", "w")]
    public void Of_WhatCannotBeComputedInIntegers_IsNone(string op, string input, string weight) => Assert.That(Of(op, [input, weight]), Is.Null);

    [Test]
    public void Of_OneInput_IsNone() => Assert.That(Of("Relu", ["x"]), Is.Null);

    [Test]
    public void Of_GemmOfATransposedWeight_HasItsOutputsInRows() => Assert.That(Of("Gemm", ["x", "w"], GraphBuilder.Int("transB", 1))?.Axis, Is.Zero);

    [Test]
    public void Of_GemmThatDoesMore_IsNone() => Assert.Multiple(() =>
    {
        Assert.That(Of("Gemm", ["x", "w"], GraphBuilder.Int("transA", 1)), Is.Null);
        Assert.That(Of("Gemm", ["x", "w"], GraphBuilder.Float("alpha", 2)), Is.Null);
        Assert.That(Of("Gemm", ["x", "w"], GraphBuilder.Float("beta", 0.5f)), Is.Null);
        Assert.That(Of("Gemm", ["x", "w"], GraphBuilder.Int("transA", 0), GraphBuilder.Float("alpha", 1), GraphBuilder.Float("beta", 1)), Is.Not.Null);
    });

    [Test]
    public void Of_Bias_IsAConstantOfOneNumberAnOutput()
    {
        var product = Of("Gemm", ["x", "w", "two"])!;
        Assert.Multiple(() =>
        {
            Assert.That(product.Bias?.Name, Is.EqualTo("two"));
            Assert.That((product.Input, product.Weight.Name), Is.EqualTo(("x", "w")));
            Assert.That(Of("Gemm", ["x", "w", ""]), Is.Not.Null.And.Property(nameof(ProductNode.Bias)).Null, "left out");
        });
    }

    [TestCase("three")]
    [TestCase("row")]
    [TestCase("whole")]
    [TestCase("computed")]
    public void Of_AnyOtherBias_IsNone(string bias) => Assert.That(Of("Gemm", ["x", "w", bias]), Is.Null);

    private ProductNode? Of(string op, string[] inputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = op };
        node.Input.AddRange(inputs);
        node.Attribute.AddRange(attributes);
        return ProductNode.Of(node, _builder.Graph.Initializer.ToDictionary(tensor => tensor.Name));
    }
}
