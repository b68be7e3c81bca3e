using Microsoft.ML.Trainers.FastTree;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Trees, as one TreeEnsembleRegressor of the machine learning domain.</summary>
internal sealed class TreeExport
{
    private readonly List<long> _trees = [];
    private readonly List<long> _nodes = [];
    private readonly List<long> _features = [];
    private readonly List<string> _modes = [];
    private readonly List<float> _thresholds = [];
    private readonly List<long> _left = [];
    private readonly List<long> _right = [];
    private readonly List<long> _leafTrees = [];
    private readonly List<long> _leafNodes = [];
    private readonly List<float> _values = [];

    public static string Score(OnnxGraph graph, TreeEnsembleModelParameters model, string x)
    {
        var export = new TreeExport();
        int count = 0;
        foreach (var (nodes, weight) in model.WeightedTrees)
            export.Add(count++, nodes, weight);
        return graph.AddML("TreeEnsembleRegressor", [x], export.Attributes());
    }

    // The leaves of a tree are numbered after its nodes.
    private void Add(int tree, TreeNodes nodes, double weight)
    {
        int inner = nodes.Left.Length;
        long Child(int child) => child >= 0 ? child : inner + ~child;
        for (int i = 0; i < inner; i++)
            AddNode(tree, i, "BRANCH_LEQ", nodes.Features[i], nodes.Thresholds[i], Child(nodes.Left[i]), Child(nodes.Right[i]));
        for (int leaf = 0; leaf < nodes.LeafValues.Length; leaf++)
        {
            AddNode(tree, inner + leaf, "LEAF", 0, 0, 0, 0);
            _leafTrees.Add(tree);
            _leafNodes.Add(inner + leaf);
            _values.Add((float)(weight * nodes.LeafValues[leaf]));
        }
    }

    private void AddNode(int tree, int node, string mode, int feature, float threshold, long left, long right)
    {
        _trees.Add(tree);
        _nodes.Add(node);
        _modes.Add(mode);
        _features.Add(feature);
        _thresholds.Add(threshold);
        _left.Add(left);
        _right.Add(right);
    }

    private global::Onnx.AttributeProto[] Attributes() =>
    [
        OnnxGraph.Attribute("n_targets", 1),
        OnnxGraph.Attribute("nodes_treeids", _trees),
        OnnxGraph.Attribute("nodes_nodeids", _nodes),
        OnnxGraph.Attribute("nodes_modes", _modes),
        OnnxGraph.Attribute("nodes_featureids", _features),
        OnnxGraph.Attribute("nodes_values", _thresholds),
        OnnxGraph.Attribute("nodes_truenodeids", _left),
        OnnxGraph.Attribute("nodes_falsenodeids", _right),
        OnnxGraph.Attribute("target_treeids", _leafTrees),
        OnnxGraph.Attribute("target_nodeids", _leafNodes),
        OnnxGraph.Attribute("target_ids", _leafTrees.Select(_ => 0L)),
        OnnxGraph.Attribute("target_weights", _values),
    ];
}
