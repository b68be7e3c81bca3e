using FeatureTransfer.Weighting;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Weighting;

public class ClassWeightsTests
{
    private static readonly Row[] _rows = [new("a", true, 1), new("b", true, 1), new("a", true, 2), new("a", false, 1)];
    private readonly MLContext _ml = new(1);

    // 4 rows of 2 classes: 4 / (2 x 3) for the frequent one, 4 / (2 x 1) for the rare one.
    [TestCase("Text", new[] { 2 / 3f, 2, 2 / 3f, 2 / 3f })]
    [TestCase("Key", new[] { 2 / 3f, 2, 2 / 3f, 2 / 3f })]
    [TestCase("Flag", new[] { 2 / 3f, 2 / 3f, 2 / 3f, 2 })]
    [TestCase("Number", new[] { 2 / 3f, 2 / 3f, 2, 2 / 3f })]
    public void Fit_Label_WeighsClassesAlike(string label, float[] expected)
    {
        var weighted = _ml.Transforms.ClassWeights("W", label).Fit(View(_rows)).Transform(View(_rows));
        Assert.That(weighted.GetColumn<float>("W"), Is.EqualTo(expected).Within(1e-6));
        Assert.That(weighted.Schema.Select(column => column.Name), Is.EqualTo(new[] { "Text", "Flag", "Number", "Key", "W" }));
    }

    [TestCase("Text")]
    [TestCase("Key")]
    public void Fit_RowsWithoutALabel_CountForNothing(string label)
    {
        Row[] rows = [.. _rows, new("", true, 1)];
        Assert.That(_ml.Transforms.ClassWeights("W", label).Fit(View(rows)).Transform(View(rows)).GetColumn<float>("W"), Is.EqualTo(new[] { 2 / 3f, 2, 2 / 3f, 2 / 3f, 0 }).Within(1e-6));
    }

    // 5 rows in three cells: (a, one) twice, (b, one) and (a, two), which has two of them.
    [Test]
    public void Fit_Groups_WeighAlikeWithinTheirClass()
    {
        GroupedRow[] rows = [new("a", "one"), new("a", "one"), new("b", "one"), new("a", "two"), new("a", "two"), new("a", "")];
        var view = _ml.Data.LoadFromEnumerable(rows);
        var model = new ClassWeightsEstimator(new() { LabelColumnName = "Text", GroupColumnName = "Group" }).Fit(view);
        var weighted = model.Transform(view);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(weighted.GetColumn<float>("Weight"), Is.EqualTo(new[] { 5 / 6f, 5 / 6f, 5 / 3f, 5 / 6f, 5 / 6f, 0 }).Within(1e-6));
            Assert.That(weighted.Schema.Select(column => column.Name), Is.EqualTo(new[] { "Text", "Group", "Weight" }));
            Assert.That(model.Transform(_ml.Data.LoadFromEnumerable(new GroupedRow[] { new("b", "two") })).GetColumn<float>("Weight"), Is.EqualTo(new[] { 0f }));
        }
    }

    [TestCase("Flag")]
    [TestCase("Number")]
    [TestCase("Key")]
    public void Fit_GroupsOfOtherLabels_AreCountedByBoth(string label)
    {
        var estimator = new ClassWeightsEstimator(new() { LabelColumnName = label, GroupColumnName = "Text" });
        var expected = label == "Key" ? [2 / 3f, 2, 2 / 3f, 2 / 3f] : label == "Flag" ? [2 / 3f, 4 / 3f, 2 / 3f, 4 / 3f] : new[] { 2 / 3f, 4 / 3f, 4 / 3f, 2 / 3f };
        Assert.That(estimator.Fit(View(_rows)).Transform(View(_rows)).GetColumn<float>("Weight"), Is.EqualTo(expected).Within(1e-6));
    }

    [Test]
    public void Fit_GroupThatIsNotThereOrNoText_SaysWhatIsExpected()
    {
        Assert.That(() => new ClassWeightsEstimator(new() { LabelColumnName = "Text", GroupColumnName = "Camera" }).Fit(View(_rows)), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("no column 'Camera' with the group"));
        Assert.That(() => new ClassWeightsEstimator(new() { LabelColumnName = "Text", GroupColumnName = "Flag" }).Fit(View(_rows)), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("'Flag' is Boolean. Expected text"));
    }

    [Test]
    public void Transform_LabelThatWasNotThere_WeighsNothing()
    {
        var model = _ml.Transforms.ClassWeights(labelColumnName: "Text").Fit(View(_rows));
        Assert.That(model.Transform(View([new("c", true, 1)])).GetColumn<float>("Weight"), Is.EqualTo(new[] { 0f }));
    }

    [Test]
    public void Fit_LabelThatIsAVector_SaysWhatIsExpected()
    {
        var rows = _ml.Transforms.Concatenate("Vector", "Number").Fit(View(_rows)).Transform(View(_rows));
        Assert.That(() => _ml.Transforms.ClassWeights(labelColumnName: "Vector").Fit(rows), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("'Vector' is Vector<Single, 1>. Expected text, a key, a boolean or a float"));
    }

    /// <summary>A trainer that learns the shares of the labels and nothing else sees both as equally likely.</summary>
    [Test]
    public void Trainer_ThatIsToldOfTheColumn_SeesEqualShares()
    {
        var chain = _ml.Transforms.ClassWeights(labelColumnName: "Flag").Append(_ml.BinaryClassification.Trainers.Prior("Flag", "Weight"));
        Assert.That(chain.Fit(View(_rows)).Transform(View(_rows)).GetColumn<float>("Probability"), Is.All.EqualTo(0.5f).Within(1e-6));
    }

    [Test]
    public void Save_ByMlNet_LoadsAndPredictsWithoutALabelWhereWeightsAreForTrainingAlone()
    {
        var rows = _ml.Transforms.Concatenate("Features", "Number").Fit(View(_rows)).Transform(View(_rows));
        var model = new EstimatorChain<ITransformer>()
            .Append(_ml.Transforms.ClassWeights(labelColumnName: "Flag"), TransformerScope.Training)
            .Append(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression("Flag", exampleWeightColumnName: "Weight"))
            .Fit(rows)
            .GetModelFor(TransformerScope.Scoring);
        using var file = new MemoryStream();
        _ml.Model.Save(model, rows.Schema, file);
        file.Position = 0;
        var opened = _ml.Model.Load(file, out _);
        var unlabelled = _ml.Transforms.DropColumns("Flag").Fit(rows).Transform(rows);
        Assert.That(opened.Transform(unlabelled).GetColumn<float>("Score"), Is.EqualTo(model.Transform(rows).GetColumn<float>("Score")));
    }

    private IDataView View(Row[] rows)
    {
        var view = _ml.Data.LoadFromEnumerable(rows);
        return _ml.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(view).Transform(view);
    }

    private sealed record Row(string Text, bool Flag, float Number);

    private sealed record GroupedRow(string Text, string Group);
}
