using FeatureTransfer.Heads;
using FeatureTransfer.Tests.Conformance;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Heads;

/// <summary>The distance to the nearest class as a column.</summary>
public class ClassDistanceTests
{
    private readonly MLContext _ml = new(1);

    [TestCase(0.1)]
    [TestCase(1)]
    public void Fit_Distances_AreThoseOfTheDetector(double shrinkage)
    {
        var model = _ml.Transforms.ClassDistance(new() { Shrinkage = shrinkage }).Fit(HeadData.View(HeadData.Train));
        var detector = MahalanobisDetector.Fit(HeadData.Vectors(HeadData.Train), HeadData.Train.Labels, shrinkage);
        var distances = Answers.Batch(model.Transform(HeadData.View(HeadData.Test)), "Distance");
        Assert.That(distances.Select(row => row.Single()), Is.EqualTo(HeadData.Vectors(HeadData.Test).Select(detector.DistanceOf)).Within(1e-3));
    }

    /// <summary>Far from 0 single precision would lose what tells the rows apart.</summary>
    [Test]
    public void Fit_FeaturesFarFromZero_KeepsItsPrecision()
    {
        static LabelledFeatures Far(LabelledFeatures rows) => new(Array.ConvertAll(rows.Values, value => value + 1000), rows.Dimension, rows.Labels, rows.Classes);
        var near = _ml.Transforms.ClassDistance().Fit(HeadData.View(HeadData.Train)).Transform(HeadData.View(HeadData.Test));
        var far = _ml.Transforms.ClassDistance().Fit(HeadData.View(Far(HeadData.Train))).Transform(HeadData.View(Far(HeadData.Test)));
        Assert.That(Answers.Batch(far, "Distance").SelectMany(row => row), Is.EqualTo(Answers.Batch(near, "Distance").SelectMany(row => row)).Within(0.02));
    }

    [Test]
    public void Options_Faults_AreAllNamed() => Assert.That(
        () => _ml.Transforms.ClassDistance(new() { OutputColumnName = "Label", Shrinkage = 0 }),
        Throws.ArgumentException.With.Message.Contains("three different names").And.Message.Contains("Shrinkage is 0"));

    [Test]
    public void Fit_OneRowAClass_IsTheSquaredDistanceToTheNearest()
    {
        var rows = new LabelledFeatures([0, 0, 3, 4, 10, 0], 2, [0, 1, 2], 3);
        var model = _ml.Transforms.ClassDistance().Fit(HeadData.View(rows));
        var distances = Answers.Batch(model.Transform(HeadData.View(new LabelledFeatures([0, 1, 3, 6, 13, 4], 2, [0, 1, 2], 3))), "Distance");
        Assert.That(distances.Select(row => row.Single()), Is.EqualTo(new[] { 1, 4, 25 }).Within(1e-4));
    }
}
