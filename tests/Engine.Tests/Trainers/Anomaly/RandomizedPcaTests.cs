using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Trainers.Anomaly;

[TestFixture]
public class RandomizedPcaTests
{
    private static readonly MLContext _ml = new(1);

    [Test]
    public void Fit_RowsOnALine_ScoresThoseOffIt()
    {
        var data = _ml.Data.LoadFromEnumerable(Line(200));
        var model = _ml.AnomalyDetection.Trainers.RandomizedPca(rank: 1).Fit(data);
        var seen = _ml.Data.LoadFromEnumerable(new[] { new Row { Features = [5, 10, 0] }, new Row { Features = [0, 1, 9] } });

        var scored = model.Transform(seen);

        Assert.That(scored.GetColumn<float>("Score").First(), Is.LessThan(0.1));
        Assert.That(scored.GetColumn<float>("Score").Last(), Is.GreaterThan(0.9));
        Assert.That(scored.GetColumn<bool>("PredictedLabel"), Is.EqualTo(new[] { false, true }));
    }

    [Test]
    public void GetEigenVectors_RowsOnALine_IsItsDirection()
    {
        var model = _ml.AnomalyDetection.Trainers.RandomizedPca(rank: 1).Fit(_ml.Data.LoadFromEnumerable(Line(200))).Model;
        VBuffer<float>[]? vectors = null;
        VBuffer<float> mean = default;

        model.GetEigenVectors(ref vectors, out int rank);
        model.GetMean(ref mean);

        Assert.That(rank, Is.EqualTo(1));
        var direction = vectors![0].DenseValues().ToArray();
        Assert.That(direction[1] / direction[0], Is.EqualTo(2).Within(0.01));
        Assert.That(mean.Length, Is.EqualTo(3));
    }

    [Test]
    public void ChangeModelThreshold_LowerThreshold_FindsMore()
    {
        var data = _ml.Data.LoadFromEnumerable(Line(50));
        var model = _ml.AnomalyDetection.Trainers.RandomizedPca(rank: 1).Fit(data);

        var changed = _ml.AnomalyDetection.ChangeModelThreshold(model, -1);

        Assert.That(changed.Transform(data).GetColumn<bool>("PredictedLabel"), Is.All.True);
    }

    [Test]
    public void Save_Model_ScoresAndDecidesAlikeWhenLoaded()
    {
        var data = _ml.Data.LoadFromEnumerable(Line(50));
        var model = _ml.AnomalyDetection.ChangeModelThreshold(_ml.AnomalyDetection.Trainers.RandomizedPca(rank: 1).Fit(data), 0.01f);
        using var stream = new MemoryStream();

        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var loaded = _ml.Model.Load(stream, out _);

        Assert.That(loaded.Transform(data).GetColumn<float>("Score").ToArray(), Is.EqualTo(model.Transform(data).GetColumn<float>("Score").ToArray()));
        Assert.That(
            loaded.Transform(data).GetColumn<bool>("PredictedLabel").ToArray(), Is.EqualTo(model.Transform(data).GetColumn<bool>("PredictedLabel").ToArray()));
    }

    private static Row[] Line(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            float at = (random.NextSingle() * 20) - 10;
            return new Row { Features = [at, 2 * at, random.NextSingle() * 0.1f] };
        })];
    }

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }
}
