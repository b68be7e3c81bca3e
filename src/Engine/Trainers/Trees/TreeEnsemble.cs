namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Trees whose weighted values add up, beginning at a bias.</summary>
public abstract class TreeEnsemble<T>
    where T : RegressionTreeBase
{
    private readonly T[] _trees;
    private readonly double[] _treeWeights;

    private protected TreeEnsemble(T[] trees, double[] treeWeights, double bias)
    {
        _trees = trees;
        _treeWeights = treeWeights;
        Bias = bias;
    }

    public double Bias { get; }

    public IReadOnlyList<double> TreeWeights => _treeWeights;

    public IReadOnlyList<T> Trees => _trees;

    internal IEnumerable<(TreeNodes Nodes, double Weight)> WeightedTrees => _trees.Select((tree, i) => (tree.Nodes, _treeWeights[i]));

    /// <summary>The sum over the trees for one row.</summary>
    internal double Score(ReadOnlySpan<float> row)
    {
        double score = Bias;
        for (int i = 0; i < _trees.Length; i++)
        {
            var nodes = _trees[i].Nodes;
            score += _treeWeights[i] * nodes.LeafValues[nodes.LeafOf(row)];
        }
        return score;
    }

    /// <summary>By how much the splits by each feature lowered the squared error, over all trees.</summary>
    internal double[] FeatureGains(int features)
    {
        var gains = new double[features];
        for (int i = 0; i < _trees.Length; i++)
        {
            var nodes = _trees[i].Nodes;
            for (int node = 0; node < nodes.Features.Length; node++)
                gains[nodes.Features[node]] += _treeWeights[i] * nodes.Gains[node];
        }
        return gains;
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Bias);
        writer.WriteArray(_treeWeights);
        foreach (var tree in _trees)
            tree.Write(writer);
    }

    private protected static (T[] Trees, double[] Weights, double Bias) Read(BinaryReader reader, Func<BinaryReader, T> readTree)
    {
        double bias = reader.ReadDouble();
        var weights = reader.ReadArray<double>();
        var trees = new T[weights.Length];
        for (int i = 0; i < trees.Length; i++)
            trees[i] = readTree(reader);
        return (trees, weights, bias);
    }
}

/// <inheritdoc/>
public sealed class RegressionTreeEnsemble : TreeEnsemble<RegressionTree>
{
    internal RegressionTreeEnsemble(RegressionTree[] trees, double[] treeWeights, double bias)
        : base(trees, treeWeights, bias)
    {
    }

    internal static RegressionTreeEnsemble Read(BinaryReader reader)
    {
        var (trees, weights, bias) = Read(reader, RegressionTree.Read);
        return new(trees, weights, bias);
    }
}

/// <inheritdoc/>
public sealed class QuantileRegressionTreeEnsemble : TreeEnsemble<QuantileRegressionTree>
{
    internal QuantileRegressionTreeEnsemble(QuantileRegressionTree[] trees, double[] treeWeights, double bias)
        : base(trees, treeWeights, bias)
    {
    }

    internal static QuantileRegressionTreeEnsemble Read(BinaryReader reader)
    {
        var (trees, weights, bias) = Read(reader, QuantileRegressionTree.Read);
        return new(trees, weights, bias);
    }
}
