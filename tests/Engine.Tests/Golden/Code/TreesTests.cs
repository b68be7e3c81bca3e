#nullable disable
using Microsoft.ML;

namespace Engine.Tests.Golden.Code;

/// <summary>The trees themselves.</summary>
[TestFixture]
public class TreesTests() : CodeCases("trainers-binary")
{
    protected override double Spread => 1e-5;

    [TestCase("fast-tree-leaf-trees")]
    public void FastTreeLeafTrees_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = Load("D2", ml);
        var m = ml.BinaryClassification.Trainers.FastTree(numberOfLeaves: 4, numberOfTrees: 3, minimumExampleCountPerLeaf: 10).Fit(v);
        var e = m.Model.SubModel.TrainedTreeEnsemble;
        return new
        {
            e.Bias,
            weights = e.TreeWeights.ToArray(),
            trees = e.Trees.Select(t => new
            {
                t.NumberOfLeaves,
                features = t.NumericalSplitFeatureIndexes.ToArray(),
                thresholds = t.NumericalSplitThresholds.ToArray(),
                leaves = t.LeafValues.ToArray(),
            }).ToArray(),
        };
    });
}
