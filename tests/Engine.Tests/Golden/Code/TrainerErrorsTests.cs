#nullable disable
using Engine.Tests.Golden.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

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

    [TestCase("fit-unknown-size-trainer")]
    public void FitUnknownSizeTrainer_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(new[] { new InUnknown { Features = new float[8] } });
        return ml.Clustering.Trainers.KMeans().Fit(v);
    });

    [TestCase("text-features")]
    public void TextFeatures_Code_Agrees(string id) => Agree(id, ml => ml.Clustering.Trainers.KMeans("Label").Fit(Load("D1", ml)));

    [TestCase("kmeans-empty")]
    public void KMeansEmpty_Code_Agrees(string id) =>
        Agree(id, ml => ml.Clustering.Trainers.KMeans().Fit(ml.Data.LoadFromEnumerable(_rows.Take(0))));

    [TestCase("kmeans-nan")]
    public void KMeansNan_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(_rows.Append(new KeyLabelRow { Features = [float.NaN, 1] }));
        return ml.Clustering.Trainers.KMeans(numberOfClusters: 2).Fit(v).Transform(v).GetColumn<uint>("PredictedLabel").Last();
    });

    [TestCase("kmeans-zero-clusters")]
    public void KMeansZeroClusters_Code_Agrees(string id) =>
        Agree(id, ml => ml.Clustering.Trainers.KMeans(numberOfClusters: 0).Fit(Load("D6", ml)));

    private static readonly KeyLabelRow[] _rows = [new() { Features = [1, 2] }, new() { Features = [2, 1] }, new() { Features = [3, 1] }];
}
