#nullable disable
using Microsoft.ML;

namespace Engine.Tests.Golden.Code;

/// <summary>Misuse of the trainers of trees, clusters and anomalies.</summary>
[TestFixture]
public class TrainerErrorsTests() : CodeCases("errors")
{
    [TestCase("fast-tree-one-leaf")]
    public void FastTreeOneLeaf_Code_Agrees(string id) =>
        Agree(id, ml => ml.BinaryClassification.Trainers.FastTree(numberOfLeaves: 1).Fit(Load("D2", ml)).GetType().Name);

    [TestCase("fast-tree-zero-trees")]
    public void FastTreeZeroTrees_Code_Agrees(string id) =>
        Agree(id, ml => ml.BinaryClassification.Trainers.FastTree(numberOfTrees: 0).Fit(Load("D2", ml)).GetType().Name);
}
