#nullable disable
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Engine.Tests.Golden.Code;

/// <summary>Clusters, and rows unlike the rest.</summary>
[TestFixture]
public class ClusteringAnomalyTests() : CodeCases("clustering-anomaly")
{
    [TestCase("kmeans-blobs-recovered")]
    public void KMeansBlobsRecovered_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = Load("D6", ml);
        var o = ml.Clustering.Trainers.KMeans("Features", numberOfClusters: 3).Fit(v).Transform(v);
        return o.GetColumn<float>("Blob").Zip(o.GetColumn<uint>("PredictedLabel")).GroupBy(x => x.First).OrderBy(x => x.Key)
            .Select(x => x.GroupBy(y => y.Second).Max(y => y.Count()) / (double)x.Count()).ToArray();
    });

    [TestCase("kmeans-score-is-squared-distance")]
    public void KMeansScoreIsSquaredDistance_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = Load("D6", ml);
        var m = ml.Clustering.Trainers.KMeans("Features", numberOfClusters: 3).Fit(v);
        VBuffer<float>[] c = null;
        m.Model.GetClusterCentroids(ref c, out _);
        var f = v.GetColumn<float[]>("Features").First();
        var s = m.Transform(v).GetColumn<float[]>("Score").First();
        var sq = c.Select(z => z.DenseValues().Zip(f, (a, b) => (a - b) * (a - b)).Sum()).ToArray();
        return new
        {
            score = Math.Abs(s[0] - sq[0]) < 1e-2 ? "squared distance" : Math.Abs(s[0] - Math.Sqrt(sq[0])) < 1e-2 ? "distance" : "other",
            order = s.Zip(sq, (a, b) => Math.Abs(a - b) < 1e-2).All(x => x),
        };
    });

    [TestCase("kmeans-more-clusters-than-rows")]
    public void KMeansMoreClustersThanRows_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.TakeRows(Load("D6", ml), 2);
        return ml.Clustering.Trainers.KMeans("Features", numberOfClusters: 3).Fit(v).Transform(v).GetColumn<uint>("PredictedLabel");
    });

    [TestCase("options-defaults")]
    public void OptionsDefaults_Code_Agrees(string id) => Agree(id, (_, _) => OptionDefaults.Differences(Group, new KMeansTrainer.Options())
        .Concat(OptionDefaults.Differences(Group, new RandomizedPcaTrainer.Options())));
}
