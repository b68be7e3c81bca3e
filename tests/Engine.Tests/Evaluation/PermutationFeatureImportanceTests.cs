using Microsoft.ML;

namespace Engine.Tests.Evaluation;

[TestFixture]
public class PermutationFeatureImportanceTests
{
    private readonly MLContext _ml = new(1);

    [Test]
    public void PermutationFeatureImportance_Chain_PreparesTheDataItself()
    {
        var data = Data(400);
        var model = _ml.Transforms.Concatenate("Features", "Strong", "Weak", "None")
            .Append(_ml.Transforms.NormalizeMinMax("Features"))
            .Append(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression()).Fit(data);

        var importance = _ml.BinaryClassification.PermutationFeatureImportanceNonCalibrated(model, data, permutationCount: 5);

        Assert.That(importance.Keys, Is.EquivalentTo(new[] { "Strong", "Weak", "None" }));
        Assert.That(importance["Strong"].AreaUnderRocCurve.Mean, Is.LessThan(importance["Weak"].AreaUnderRocCurve.Mean));
        Assert.That(importance["Weak"].AreaUnderRocCurve.Mean, Is.LessThan(importance["None"].AreaUnderRocCurve.Mean));
        Assert.That(importance["Strong"].AreaUnderRocCurve.Count, Is.EqualTo(5));
    }

    [Test]
    public void PermutationFeatureImportance_SparseFeatures_KeepsTheOtherSlots()
    {
        var data = _ml.Transforms.Categorical.OneHotEncoding("Features", "Colour").Fit(Data(300)).Transform(Data(300));
        var model = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(data);

        var importance = _ml.BinaryClassification.PermutationFeatureImportance(model, data, permutationCount: 3);

        Assert.That(importance, Has.Length.EqualTo(3));
        Assert.That(importance.Min(i => i.Accuracy.Mean), Is.LessThan(-0.05));
    }

    [Test]
    public void PermutationFeatureImportance_WeightFilter_LeavesOutWhatWeighsNothing()
    {
        var data = _ml.Transforms.Concatenate("Features", "Strong", "Zero").Fit(Data(300)).Transform(Data(300));
        var model = _ml.BinaryClassification.Trainers.AveragedPerceptron().Fit(data);

        var importance = _ml.BinaryClassification.PermutationFeatureImportance(model, data, useFeatureWeightFilter: true, permutationCount: 4);

        Assert.That(importance.Select(i => i.Accuracy.Count), Is.EqualTo(new[] { 4, 0 }));
    }

    [Test]
    public void PermutationFeatureImportance_FewExamples_UsesOnlyThose()
    {
        var data = _ml.Transforms.Concatenate("Features", "Strong", "Weak").Fit(Data(300)).Transform(Data(300));
        var model = _ml.BinaryClassification.Trainers.AveragedPerceptron().Fit(data);

        var importance = _ml.BinaryClassification.PermutationFeatureImportance(model, data, numberOfExamplesToUse: 10, permutationCount: 8);

        // Of ten rows an accuracy changes by tenths.
        Assert.That(importance[0].Accuracy.Mean * 80, Is.EqualTo(Math.Round(importance[0].Accuracy.Mean * 80)).Within(1e-9));
    }

    [Test]
    public void PermutationFeatureImportance_ModelWithoutPredictor_IsRefused()
    {
        var data = Data(10);
        var model = _ml.Transforms.NormalizeMinMax("Strong").Fit(data);

        Assert.That(() => _ml.Regression.PermutationFeatureImportance(model, data), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private IDataView Data(int rows)
    {
        var random = new Random(7);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(_ => new Row
        {
            Strong = random.NextSingle(),
            Weak = random.NextSingle(),
            None = random.NextSingle(),
            Chance = random.NextSingle(),
        }).Select(r => r.WithLabel()).ToArray());
    }

    private sealed class Row
    {
        public float Strong { get; set; }

        public float Weak { get; set; }

        public float None { get; set; }

        public float Zero { get; set; }

        public float Chance { get; set; }

        public string Colour { get; set; } = "";

        public bool Label { get; set; }

        public Row WithLabel()
        {
            Label = Strong + (0.3f * Weak) + (0.2f * Chance) > 0.75f;
            Colour = Label ? Chance > 0.2 ? "red" : "green" : Chance > 0.2 ? "blue" : "green";
            return this;
        }
    }
}
