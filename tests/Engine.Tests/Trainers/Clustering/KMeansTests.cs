using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Engine.Tests.Trainers.Clustering;

[TestFixture]
public class KMeansTests
{
    private static readonly MLContext _ml = new(1);

    [Test]
    public void Fit_EveryStart_FindsTheClouds([Values] KMeansTrainer.InitializationAlgorithm start)
    {
        var data = _ml.Data.LoadFromEnumerable(Clouds(400));
        var options = new KMeansTrainer.Options { NumberOfClusters = 2, InitializationAlgorithm = start };

        var metrics = _ml.Clustering.Evaluate(_ml.Clustering.Trainers.KMeans(options).Fit(data).Transform(data), "Cloud", featureColumnName: "Features");

        Assert.That(metrics.NormalizedMutualInformation, Is.EqualTo(1).Within(1e-9));
        Assert.That(metrics.DaviesBouldinIndex, Is.LessThan(0.3));
    }

    [Test]
    public void Fit_OneCluster_IsTheMean()
    {
        var rows = Clouds(100);
        var model = _ml.Clustering.Trainers.KMeans(numberOfClusters: 1).Fit(_ml.Data.LoadFromEnumerable(rows)).Model;
        VBuffer<float>[]? centroids = null;

        model.GetClusterCentroids(ref centroids, out int k);

        Assert.That(k, Is.EqualTo(1));
        Assert.That(centroids![0].DenseValues(), Is.EqualTo(new[] { rows.Average(r => r.Features[0]), rows.Average(r => r.Features[1]) }).Within(1e-5));
    }

    [Test]
    public void Fit_WeightedRows_MovesTheCentroidToTheHeavyOnes()
    {
        var rows = new[] { new Row { Features = [0, 0], Weight = 3 }, new Row { Features = [4, 8], Weight = 1 } };
        var model = _ml.Clustering.Trainers.KMeans("Features", "Weight", 1).Fit(_ml.Data.LoadFromEnumerable(rows)).Model;
        VBuffer<float>[]? centroids = null;

        model.GetClusterCentroids(ref centroids, out _);

        Assert.That(centroids![0].DenseValues(), Is.EqualTo(new[] { 1f, 2f }).Within(1e-6));
    }

    [Test]
    public void Fit_AnyNumberOfThreads_GivesTheSameCentroids()
    {
        var data = _ml.Data.LoadFromEnumerable(Clouds(20_000));
        var scores = new[] { 1, 4 }.Select(threads => new MLContext(5).Clustering.Trainers
            .KMeans(new KMeansTrainer.Options { NumberOfClusters = 7, NumberOfThreads = threads, MaximumNumberOfIterations = 5 })
            .Fit(data).Transform(data).GetColumn<float[]>("Score").First()).ToArray();

        Assert.That(scores[1], Is.EqualTo(scores[0]));
    }

    [Test]
    public void Fit_RowsAllAlike_PutsEveryCentroidThere()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Repeat(new Row { Features = [2, 3] }, 10));

        var scored = _ml.Clustering.Trainers.KMeans(numberOfClusters: 3).Fit(data).Transform(data);

        Assert.That(scored.GetColumn<float[]>("Score").First(), Is.EqualTo(new[] { 0f, 0, 0 }));
    }

    [Test]
    public void Fit_SparseRows_GivesTheClustersOfDenseOnes()
    {
        var rows = Clouds(200);
        var shape = SchemaDefinition.Create(typeof(SparseRow));
        shape["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 20);
        var sparse = _ml.Data.LoadFromEnumerable(
            rows.Select(r => new SparseRow { Cloud = r.Cloud, Features = new VBuffer<float>(20, 2, [.. r.Features], [3, 17]) }), shape);

        var scored = _ml.Clustering.Trainers.KMeans(numberOfClusters: 2).Fit(sparse).Transform(sparse);

        Assert.That(_ml.Clustering.Evaluate(scored, "Cloud").NormalizedMutualInformation, Is.EqualTo(1).Within(1e-9));
    }

    [Test]
    public void Save_Model_ScoresAlikeWhenLoaded()
    {
        var data = _ml.Data.LoadFromEnumerable(Clouds(50));
        var model = _ml.Clustering.Trainers.KMeans(numberOfClusters: 3).Fit(data);
        using var stream = new MemoryStream();

        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var loaded = _ml.Model.Load(stream, out _);

        Assert.That(
            loaded.Transform(data).GetColumn<uint>("PredictedLabel").ToArray(), Is.EqualTo(model.Transform(data).GetColumn<uint>("PredictedLabel").ToArray()));
    }

    private static Row[] Clouds(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(i => new Row
        {
            Cloud = i % 2,
            Features = [(i % 2 * 10) + random.NextSingle(), (i % 2 * -10) + random.NextSingle()],
        })];
    }

    private sealed class Row
    {
        public float Cloud { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Weight { get; set; } = 1;
    }

    private sealed class SparseRow
    {
        public float Cloud { get; set; }

        public VBuffer<float> Features { get; set; }
    }
}
