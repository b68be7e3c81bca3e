using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>An operator with inputs and attributes, whose gradients are to be checked.</summary>
internal sealed record OperatorCase(string Operator, params OperatorInput[] Inputs)
{
    /// <summary>The attributes of the node.</summary>
    public AttributeProto[] Attributes { get; init; } = [];

    /// <summary>The operator set. Default 18.</summary>
    public long Opset { get; init; } = 18;

    /// <summary>The number of outputs; all take part in the loss. Default 1.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>Whether the first axis may be left free; not where a constant fixes it. Default true.</summary>
    public bool FreeFirstAxis { get; init; } = true;

    /// <summary>Whether batch normalization uses the statistics of the batch. Default false.</summary>
    public bool BatchStatistics { get; init; }

    /// <summary>The same with attributes.</summary>
    public OperatorCase With(params AttributeProto[] attributes) => this with { Attributes = attributes };

    /// <summary>The same in another operator set.</summary>
    public OperatorCase At(long opset) => this with { Opset = opset };

    /// <summary>The same for a shape that cannot be free.</summary>
    public OperatorCase FixedOnly() => this with { FreeFirstAxis = false };

    /// <summary>The name of the test.</summary>
    public override string ToString()
    {
        var inputs = Inputs.Select(input => input.IsMissing ? "-" : $"({string.Join(' ', input.Shape)}){(input.Whole is { Length: < 9 } whole ? $"={string.Join(' ', whole)}" : "")}");
        var attributes = Attributes.Select(attribute => $" {attribute.Name}={Value(attribute)}");
        return FormattableString.Invariant($"{Operator}-{Opset} {string.Join(' ', inputs)}{string.Concat(attributes)}");
    }

    private static string Value(AttributeProto attribute) => attribute.Type switch
    {
        AttributeProto.Types.AttributeType.Ints => string.Join(' ', attribute.Ints),
        AttributeProto.Types.AttributeType.Int => FormattableString.Invariant($"{attribute.I}"),
        AttributeProto.Types.AttributeType.Float => FormattableString.Invariant($"{attribute.F}"),
        _ => attribute.S.ToStringUtf8(),
    };
}
