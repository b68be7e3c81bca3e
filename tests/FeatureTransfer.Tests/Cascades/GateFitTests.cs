using FeatureTransfer.Cascades;
using FeatureTransfer.Heads;
using FeatureTransfer.Schema;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Cascades;

/// <summary>What a gate is fitted on, and what stops it.</summary>
public class GateFitTests
{
    private readonly MLContext _ml = new(1);
    private readonly IDataView _training = TwoFeatures.View(TwoFeatures.Rows(120));

    [Test]
    public void Fit_RowsThatAreHeldOut_AreSeenByNeitherModelUntilTheThresholdsStand()
    {
        var (cheap, costly) = (new FittedRows(TwoFeatures.Model("Rough")), new FittedRows(TwoFeatures.Model("Fine")));
        using var gate = Gate(cheap, costly, new GateOptions { ValidationFraction = 0.25 });
        Assert.That(gate.Report.ValidationRows, Is.EqualTo(30));
        Assert.That(cheap.Fits.Select(fit => fit.Length), Is.EqualTo(new[] { 90, 120 }));
        Assert.That(costly.Fits, Is.EqualTo(cheap.Fits));

        var once = new FittedRows(TwoFeatures.Model("Rough"));
        using var first = Gate(once, TwoFeatures.Model("Fine"), new GateOptions { ValidationFraction = 0.25, FitAgain = false });
        Assert.That(once.Fits.Select(fit => fit.Length), Is.EqualTo(new[] { 90 }));
    }

    [Test]
    public void Fit_RowsThatAModelCannotRead_AreNotValidatedOn()
    {
        string[] leftOut = [.. Enumerable.Range(0, 30).Select(group => $"group {group}")];
        using var gate = Gate(TwoFeatures.Model("Rough"), new FittedRows(TwoFeatures.Model("Fine"), leftOut), new GateOptions { ValidationFraction = 0.5 });
        Assert.That(gate.Report.ValidationRows, Is.InRange(15, 45));
        string[] all = [.. Enumerable.Range(0, 60).Select(group => $"group {group}")];
        Assert.That(
            () => Gate(TwoFeatures.Model("Rough"), new FittedRows(TwoFeatures.Model("Fine"), all)),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no validation row that both models can read"));
    }

    [Test]
    public void Fit_Cancelled_Stops()
    {
        var services = FeatureTransferServices.Default with { Cancellation = new CancellationToken(canceled: true) };
        Assert.That(() => new GateEstimator(TwoFeatures.Model("Rough"), TwoFeatures.Model("Fine"), null, services).Fit(_training), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => new EnsembleEstimator([TwoFeatures.Model("Rough"), TwoFeatures.Model("Fine")], null, services).Fit(_training), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Fit_LabelThatIsMissing_NamesTheNearest() => Assert.That(
        () => Gate(TwoFeatures.Model("Rough"), TwoFeatures.Model("Fine"), new GateOptions { LabelColumnName = "Lable" }),
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("no column 'Lable' for the label. Did you mean 'Label'?"));

    [Test]
    public void Fit_ModelThatLeavesOutColumns_IsNamed()
    {
        var selecting = TwoFeatures.Model("Rough").Append(_ml.Transforms.SelectColumns("Score", "PredictedLabel"));
        Assert.That(() => Gate(selecting, TwoFeatures.Model("Fine")), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("The cheap model leaves out columns"));
        Assert.That(() => Gate(TwoFeatures.Model("Fine"), selecting), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("The costly model leaves out columns"));
    }

    [Test]
    public void GetOutputSchema_ColumnsOfTheSameNames_AreReplaced()
    {
        var schema = SchemaShapes.Of(_ml.Transforms.CopyColumns("Score", "Rough").Fit(_training).Transform(_training).Schema);
        var shape = new GateEstimator(TwoFeatures.Model("Rough"), TwoFeatures.Model("Fine")).GetOutputSchema(schema);
        Assert.That(shape.Select(column => column.Name), Is.EquivalentTo(new[] { "Label", "Group", "Rough", "Fine", "Score", "PredictedLabel", "Costly", "Asked" }));
        Assert.That(shape.Single(column => column.Name == "Score").Kind, Is.EqualTo(SchemaShape.Column.VectorKind.Vector));
    }

    [Test]
    public void Parse_TextOfARule_GivesTheRule()
    {
        var rule = new GateRule(new TemperatureScaling(1.25, IsLogits: true), new TemperatureScaling(0.1, IsLogits: false), 0.7, GateThresholds.Never);
        Assert.That(GateRule.Parse(rule.Text), Is.EqualTo(rule));
        Assert.That(rule.Text, Is.EqualTo("logits 1.25 probabilities 0.1 0.7 2"));
    }

    private GateTransformer Gate(IEstimator<ITransformer> cheap, IEstimator<ITransformer> costly, GateOptions? options = null) => new GateEstimator(cheap, costly, options).Fit(_training);
}
