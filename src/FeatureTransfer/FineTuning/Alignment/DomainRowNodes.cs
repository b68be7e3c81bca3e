using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.FineTuning;

/// <summary>Writes nodes over the rows of two domains in one batch.</summary>
internal sealed class DomainRowNodes
{
    /// <summary>Begins with what says which rows are whose.</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="features">(batch, features).</param>
    /// <param name="labels">(batch, classes): they add up to 1 for rows of the source, and to 0 for those of the target.</param>
    public DomainRowNodes(GraphBuilder builder, string features, string labels)
    {
        (Builder, Features) = (builder, features);
        IsSource = SumOver(1, labels);
        IsTarget = Sub(Number(1), IsSource);
        SourceRows = Sum(IsSource);
        TargetRows = Sum(IsTarget);
    }

    /// <summary>The graph.</summary>
    public GraphBuilder Builder { get; }

    /// <summary>(batch, features).</summary>
    public string Features { get; }

    /// <summary>(batch, 1): 1 for rows of the source, 0 for the others.</summary>
    public string IsSource { get; }

    /// <summary>(batch, 1): 1 for rows of the target.</summary>
    public string IsTarget { get; }

    /// <summary>How many rows are the source's.</summary>
    public string SourceRows { get; }

    /// <summary>How many rows are the target's.</summary>
    public string TargetRows { get; }

    /// <summary>The covariance of the rows of a domain, (features, features); of one row it is 0.</summary>
    public string Covariance(string isOf, string count)
    {
        var mean = Node("Div", [SumOver(0, Mul(Features, isOf)), count]);
        var centred = Mul(Sub(Features, mean), isOf);
        var products = Node("Gemm", [centred, centred], GraphBuilder.Int("transA", 1));
        return Node("Div", [products, Node("Max", [Sub(count, Number(1)), Number(1)])]);
    }

    /// <summary>The squared distance of each row from each, (batch, batch).</summary>
    public string SquaredDistances()
    {
        var squares = SumOver(1, Mul(Features, Features));
        var products = Node("Gemm", [Features, Features], GraphBuilder.Int("transB", 1));
        var sums = Node("Add", [squares, Transpose(squares)]);
        return Node("Relu", [Sub(sums, Mul(Number(2), products))]);
    }

    /// <summary>Adds a node.</summary>
    public string Node(string op, IEnumerable<string> inputs, params ReadOnlySpan<AttributeProto> attributes) => Builder.Node(op, Builder.Unused($"alignment/{op}"), inputs, attributes);

    /// <summary>a - b.</summary>
    public string Sub(string a, string b) => Node("Sub", [a, b]);

    /// <summary>a b.</summary>
    public string Mul(string a, string b) => Node("Mul", [a, b]);

    /// <summary>Rows as columns.</summary>
    public string Transpose(string a) => Node("Transpose", [a], GraphBuilder.Ints("perm", 1, 0));

    /// <summary>The sum of all numbers.</summary>
    public string Sum(string a) => Node("ReduceSum", [a], GraphBuilder.Int("keepdims", 0));

    /// <summary>The mean of all numbers.</summary>
    public string Mean(string a) => Node("ReduceMean", [a], GraphBuilder.Int("keepdims", 0));

    /// <summary>One number.</summary>
    public string Number(float value) => Builder.Constant("alignment/number", [value]);

    private string SumOver(long axis, string a) => Node("ReduceSum", [a, Builder.Constant("alignment/axis", [axis], 1)], GraphBuilder.Int("keepdims", 1));
}
