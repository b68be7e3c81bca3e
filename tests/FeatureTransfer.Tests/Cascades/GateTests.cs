using FeatureTransfer.Cascades;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Cascades;

public class GateTests
{
    private readonly MLContext _ml = new(1);
    private IDataView _training = null!;
    private IDataView _test = null!;
    private GateTransformer _gate = null!;

    [OneTimeSetUp]
    public void Fit()
    {
        _training = TwoFeatures.View(TwoFeatures.Rows(600));
        _test = TwoFeatures.View(TwoFeatures.Rows(300, seed: 4));
        _gate = Gate(new GateOptions()).Fit(_training);
    }

    [OneTimeTearDown]
    public void Free() => _gate.Dispose();

    [Test]
    public void Fit_Gate_IsAsAccurateAsTheCostlyModelWithFewerOfItsRows()
    {
        var report = _gate.Report;
        Assert.Multiple(() =>
        {
            Assert.That(report.ValidationRows, Is.EqualTo(120));
            Assert.That(report.CheapAccuracy, Is.LessThan(report.CostlyAccuracy - 0.05));
            Assert.That(report.Accuracy, Is.GreaterThanOrEqualTo(report.CostlyAccuracy - 0.005 - 1e-9));
            Assert.That(report.CheapShare, Is.InRange(0.1, 0.9));
            Assert.That(report.AskedShare, Is.Zero);
            Assert.That(Accuracy(_gate), Is.GreaterThan(Accuracy(TwoFeatures.Model("Rough").Fit(_training)) + 0.05));
        });
    }

    [Test]
    public void Transform_Rows_KeepTheirOrderAndSayWhoAnswered()
    {
        var rows = Answers(_gate, _test);
        Assert.That(rows.Select(row => row.Group), Is.EqualTo(TwoFeatures.Rows(300, seed: 4).Select(row => row.Group)));
        Assert.That(rows.Select(row => row.Costly).Distinct().Count(), Is.EqualTo(2));
        foreach (var row in rows)
        {
            Assert.That(row.Score.Sum(), Is.EqualTo(1).Within(1e-4));
            Assert.That(row.PredictedLabel, Is.EqualTo(Array.IndexOf(row.Score, row.Score.Max()) + 1));
            Assert.That(row.Costly || row.Score.Max() >= _gate.Report.CheapThreshold, Is.True);
        }
    }

    [Test]
    public void Transform_SmallBatches_GiveTheSame()
    {
        using var small = Gate(new GateOptions { BatchSize = 7 }).Fit(_training);
        Assert.That(Answers(small, _test).Select(row => row.Score), Is.EqualTo(Answers(_gate, _test).Select(row => row.Score)));
    }

    [Test]
    public void PredictionEngine_RowThatTheCheapModelAnswers_LeavesTheCostlyOneAlone()
    {
        var (cheap, costly) = (new CountedModel(TwoFeatures.Model("Rough")), new CountedModel(TwoFeatures.Model("Fine")));
        using var gate = _ml.MulticlassClassification.Trainers.Gate(cheap, costly).Fit(_training);
        (cheap.Rows, costly.Rows) = (0, 0);
        var rows = Answers(gate, _test);
        Assert.That((cheap.Rows, costly.Rows), Is.EqualTo((300, rows.Count(row => row.Costly))));

        (cheap.Rows, costly.Rows) = (0, 0);
        var answers = Conformance.Answers.OneByOne(gate, _test, "Score");
        Assert.That(answers, Is.EqualTo(rows.Select(row => row.Score)));
        Assert.That((cheap.Rows, costly.Rows), Is.EqualTo((300, rows.Count(row => row.Costly))));
    }

    [Test]
    public void Fit_AccuracyOfAnsweredRows_IsReachedByAskingAPerson()
    {
        using var gate = Gate(new GateOptions { AllowedAccuracyLoss = 0, AnsweredAccuracy = 1 }).Fit(TwoFeatures.View(Blurred()));
        var asked = Answers(gate, TwoFeatures.View(Blurred())).Where(row => row.Asked).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(gate.Report.CostlyAccuracy, Is.LessThan(1));
            Assert.That(gate.Report.Accuracy, Is.EqualTo(1));
            Assert.That(gate.Report.AskedShare, Is.InRange(0.01, 0.9));
            Assert.That(asked, Is.Not.Empty);
            Assert.That(asked.Select(row => (row.PredictedLabel, row.Costly)), Is.All.EqualTo((0u, true)));
        });
    }

    [Test]
    public void SaveBundle_Gate_ComesBackAsAGate()
    {
        var path = Path.GetTempFileName();
        _ml.Model.SaveBundle(_gate, _test.Schema, path);
        using var loaded = (GateTransformer)_ml.Model.LoadBundle(path, out _);
        Assert.That(loaded.Report, Is.EqualTo(_gate.Report));
        Assert.That(Answers(loaded, _test).Select(row => (row.PredictedLabel, row.Costly)), Is.EqualTo(Answers(_gate, _test).Select(row => (row.PredictedLabel, row.Costly))));
        File.Delete(path);
    }

    [Test]
    public void SaveBundle_GateOfGates_ComesBackWhole()
    {
        var inner = Gate(new GateOptions());
        using var outer = _ml.MulticlassClassification.Trainers.Gate(TwoFeatures.Model("Rough"), inner, new GateOptions { AllowedAccuracyLoss = 0.01 }).Fit(_training);
        var path = Path.GetTempFileName();
        _ml.Model.SaveBundle(outer, _test.Schema, path);
        var (own, builtIn) = (_ml.Model.LoadBundle(path, out _), _ml.Model.Load(path, out _));
        Assert.That(((GateTransformer)own).Costly, Is.TypeOf<GateTransformer>());
        var expected = Conformance.Answers.Batch(outer.Transform(_test), "Score");
        Assert.That(Conformance.Answers.Batch(own.Transform(_test), "Score"), Is.EqualTo(expected));
        Assert.That(Conformance.Answers.Batch(builtIn.Transform(_test), "Score"), Is.EqualTo(expected));
        File.Delete(path);
    }

    [Test]
    public void Save_MLNetsOwnReader_GivesTheSameWithoutTheModelsColumns()
    {
        using var memory = new MemoryStream();
        _ml.Model.Save(_gate, _test.Schema, memory);
        memory.Position = 0;
        var loaded = _ml.Model.Load(memory, out _);
        var schema = loaded.GetOutputSchema(_test.Schema);
        Assert.That(schema.Where(column => !column.IsHidden).Select(column => column.Name), Is.EquivalentTo(_gate.GetOutputSchema(_test.Schema).Where(column => !column.IsHidden).Select(column => column.Name)));
        Assert.That(_ml.MulticlassClassification.Evaluate(loaded.Transform(_test)).LogLoss, Is.EqualTo(_ml.MulticlassClassification.Evaluate(_gate.Transform(_test)).LogLoss));
        Assert.That(Answers(loaded, _test).Select(row => row.PredictedLabel), Is.EqualTo(Answers(_gate, _test).Select(row => row.PredictedLabel)));
    }

    [Test]
    public void Fit_Groups_StayOnOneSide()
    {
        using var gate = Gate(new GateOptions { GroupColumnName = "Group", FitAgain = false }).Fit(_training);
        Assert.That(gate.Report.ValidationRows, Is.EqualTo(120).Within(6));
        Assert.That(() => Gate(new GateOptions { GroupColumnName = "Grup" }).Fit(_training), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("no column 'Grup' for the groups. Did you mean 'Group'? The columns are Label, Group, Rough, Fine."));
    }

    [Test]
    public void Fit_ChainWithoutATrainer_NamesTheModel() => Assert.That(
        () => _ml.MulticlassClassification.Trainers.Gate(TwoFeatures.Model("Rough"), _ml.Transforms.CopyColumns("Features", "Fine")).Fit(_training),
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("costly model").And.Message.Contains("multiclass"));

    [Test]
    public void Fit_LabelThatIsNoKey_SaysSo() => Assert.That(
        () => Gate(new GateOptions()).Fit(_ml.Data.LoadFromEnumerable(TwoFeatures.Rows(9))), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("MapValueToKey"));

    [Test]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.That(() => Gate(new GateOptions { ValidationFraction = 1 }), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Gate(new GateOptions { ValidationFraction = 0 }), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Gate(new GateOptions { LabelColumnName = "" }), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Gate(new GateOptions { AllowedAccuracyLoss = 1.1 }), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Gate(new GateOptions { AnsweredAccuracy = 0 }), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Gate(new GateOptions { TimedRows = -1 }), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Gate(new GateOptions { AllowedAccuracyLoss = -0.1 }), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Gate(new GateOptions { AnsweredAccuracy = 1.1 }), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Gate(new GateOptions { BatchSize = 0 }), Throws.InstanceOf<ArgumentException>());
    }

    private static IEnumerable<TwoFeatureRow> Blurred() => TwoFeatures.Rows(600, seed: 5).Select(row => new TwoFeatureRow { Label = row.Label, Group = row.Group, Rough = row.Rough, Fine = [row.Rough[0], 0] });

    private GateEstimator Gate(GateOptions options) => _ml.MulticlassClassification.Trainers.Gate(TwoFeatures.Model("Rough"), TwoFeatures.Model("Fine"), options);

    private List<GatedRow> Answers(ITransformer model, IDataView rows) => [.. _ml.Data.CreateEnumerable<GatedRow>(model.Transform(rows), reuseRowObject: false)];

    private double Accuracy(ITransformer model) => _ml.MulticlassClassification.Evaluate(model.Transform(_test)).MicroAccuracy;
}
