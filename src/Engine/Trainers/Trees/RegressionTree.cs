namespace Microsoft.ML.Trainers.FastTree;

/// <summary>A binary tree whose inner nodes compare one feature with a threshold; rows at or below it go left.</summary>
public abstract class RegressionTreeBase
{
    private protected RegressionTreeBase(TreeNodes nodes)
    {
        Nodes = nodes;
    }

    /// <summary>For each node its left child: a node, or, where negative, the complement (~) of a leaf's number.</summary>
    public IReadOnlyList<int> LeftChild => Nodes.Left;

    /// <inheritdoc cref="LeftChild"/>
    public IReadOnlyList<int> RightChild => Nodes.Right;

    /// <summary>The feature that each node compares.</summary>
    public IReadOnlyList<int> NumericalSplitFeatureIndexes => Nodes.Features;

    /// <summary>What each node compares it with.</summary>
    public IReadOnlyList<float> NumericalSplitThresholds => Nodes.Thresholds;

    /// <summary>Whether each node splits by categories: none does.</summary>
    public IReadOnlyList<bool> CategoricalSplitFlags => new bool[NumberOfNodes];

    /// <summary>The value of each leaf.</summary>
    public IReadOnlyList<double> LeafValues => Nodes.LeafValues;

    /// <summary>By how much each node's split lowered the squared error.</summary>
    public IReadOnlyList<double> SplitGains => Nodes.Gains;

    public int NumberOfLeaves => Nodes.LeafValues.Length;

    public int NumberOfNodes => Nodes.Left.Length;

    internal TreeNodes Nodes { get; }

    internal abstract void Write(BinaryWriter writer);

    /// <summary>No node splits by categories.</summary>
    public IReadOnlyList<int> GetCategoricalSplitFeaturesAt(int nodeIndex) => NoCategories(nodeIndex);

    /// <summary>No node splits by categories.</summary>
    public IReadOnlyList<int> GetCategoricalCategoricalSplitFeatureRangeAt(int nodeIndex) => NoCategories(nodeIndex);

    private int[] NoCategories(int nodeIndex)
    {
        Check.Param(nodeIndex >= 0 && nodeIndex < NumberOfNodes, nameof(nodeIndex), $"The tree has {NumberOfNodes} nodes.");
        return [];
    }
}

/// <inheritdoc/>
public sealed class RegressionTree : RegressionTreeBase
{
    internal RegressionTree(TreeNodes nodes)
        : base(nodes)
    {
    }

    internal override void Write(BinaryWriter writer) => Nodes.Write(writer);

    internal static RegressionTree Read(BinaryReader reader) => new(TreeNodes.Read(reader));
}

/// <summary>A tree whose leaves keep some of the labels that fell into them.</summary>
public sealed class QuantileRegressionTree : RegressionTreeBase
{
    private readonly double[][] _samples;
    private readonly double[][] _weights;

    internal QuantileRegressionTree(TreeNodes nodes, double[][] samples, double[][] weights)
        : base(nodes)
    {
        _samples = samples;
        _weights = weights;
    }

    /// <summary>Labels of training rows that fell into a leaf.</summary>
    public IReadOnlyList<double> GetLeafSamplesAt(int leafIndex) => At(_samples, leafIndex);

    /// <summary>The weights of these rows.</summary>
    public IReadOnlyList<double> GetLeafSampleWeightsAt(int leafIndex) => At(_weights, leafIndex);

    internal override void Write(BinaryWriter writer)
    {
        Nodes.Write(writer);
        Array.ForEach(_samples, writer.WriteArray);
        Array.ForEach(_weights, writer.WriteArray);
    }

    internal static QuantileRegressionTree Read(BinaryReader reader)
    {
        var nodes = TreeNodes.Read(reader);
        return new(nodes, ReadEach(reader, nodes.LeafValues.Length), ReadEach(reader, nodes.LeafValues.Length));
    }

    private static double[][] ReadEach(BinaryReader reader, int count)
    {
        var arrays = new double[count][];
        for (int i = 0; i < count; i++)
            arrays[i] = reader.ReadArray<double>();
        return arrays;
    }

    private double[] At(double[][] ofLeaves, int leafIndex)
    {
        Check.Param(leafIndex >= 0 && leafIndex < NumberOfLeaves, nameof(leafIndex), $"The tree has {NumberOfLeaves} leaves.");
        return ofLeaves[leafIndex];
    }
}
