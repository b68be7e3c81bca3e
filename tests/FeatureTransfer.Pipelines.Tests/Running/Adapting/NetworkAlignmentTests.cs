using FeatureTransfer.FineTuning;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Running.Adapting;

/// <summary>Chains that fine-tune, compared on a target: images of stripes, the even ones the source.</summary>
public class NetworkAlignmentTests
{
    private readonly StripedImages _images = new(120);

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [Test]
    public async Task Compare_Alignments_AreJudgedBesideFineTuningWithoutThem()
    {
        TargetModel[] models = [TargetModel.Adversarial, TargetModel.DeepCoral, TargetModel.MeanDiscrepancy];
        var report = await new DomainComparison().CompareAsync(Pipeline(epochs: 2), Rows(1), new DomainComparisonOptions { Methods = [], Models = [.. models] });
        Assert.Multiple(() =>
        {
            Assert.That(report.Candidates.Select(candidate => candidate.Name), Is.EqualTo(models.Select(model => model.ToString()).Prepend("source-only")));
            Assert.That(report.Candidates.Select(candidate => candidate.Accuracy), Is.All.InRange(0, 1));
            Assert.That(report.Candidates.Skip(1).Select(candidate => candidate.PValue), Is.All.Not.Null);
            Assert.That(report.Candidates.Select(candidate => candidate.DomainDistance), Is.All.Null, "there are no features to measure it by");
            Assert.That((report.SourceRows, report.TargetRows, report.TestRows), Is.EqualTo((60, 30, 30)));
        });
    }

    /// <summary>Each label of the target is called by the next one's name, which the source knows nothing of.</summary>
    [Test]
    public async Task Run_TargetOnlyWins_TheModelFileHasTheNetworkThatLearnedFromTheTarget()
    {
        var target = new TargetOptions { Data = Rows(1, turned: true), Methods = [], Models = [TargetModel.TargetOnly] };
        var result = await new PipelineRunner().RunAsync(Pipeline(epochs: 12) with { Target = target });
        using var bundle = Bundle.Load(result.BundlePath!);
        var judged = BundleEvaluation.OnAll(bundle, Pipeline(1) with { Data = target.Data });
        Assert.Multiple(() =>
        {
            Assert.That(result.Target!.Keep, Is.EqualTo("TargetOnly"), result.Target.Why);
            Assert.That(result.Target.Candidates[0].Accuracy, Is.LessThan(0.34));
            Assert.That(judged.Metrics.Metrics["microAccuracy"]!.Value, Is.GreaterThan(0.6), "chance is 0.33");
        });
    }

    [Test]
    public void Together_LabelsOfTheTarget_AreTakenOut()
    {
        var definition = Pipeline(1);
        var both = NetworkAlignment.Together(definition, new Table(1).With("Label", ["a"]).With("ImagePath", ["s.png"]), new Table(1).With("Label", ["b"]).With("ImagePath", ["t.png"]));
        var step = (FineTuneStep)NetworkAlignment.Aligned(definition, TargetModel.DeepCoral).Estimators[^1];
        Assert.Multiple(() =>
        {
            Assert.That(both.Text("Label"), Is.EqualTo(new[] { "a", "" }));
            Assert.That(both.Text("ImagePath"), Is.EqualTo(new[] { "s.png", "t.png" }));
            Assert.That(both.Text(step.Options.Alignment.DomainColumnName)![1], Is.EqualTo(step.Options.Alignment.Target));
            Assert.That(both.Text(step.Options.Alignment.DomainColumnName)![0], Is.Not.EqualTo(step.Options.Alignment.Target));
            Assert.That((step.Options.Alignment.Method, step.Options.Alignment.Weight, step.Options.AlwaysKeepTuned), Is.EqualTo((DomainAlignmentMethod.Coral, 0.5, true)));
        });
    }

    [Test]
    public void Compare_TargetWithoutLabels_SaysThatNothingCanBeMeasured() => Assert.That(
        () => new DomainComparison().CompareAsync(Pipeline(1), Rows(1, labelled: false), new DomainComparisonOptions { Methods = [], Models = [TargetModel.Adversarial] }),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no labels to judge by").And.Message.Contains("Label some rows"));

    [TestCase("LbfgsMaximumEntropy", "", "$.target.models", "no step FineTune")]
    [TestCase("FineTune", ", \"backbone\": \"a.onnx\", \"alignment\": { \"method\": \"coral\" }", "$.target.models", "alignment of its own")]
    [TestCase("FineTune", ", \"backbone\": \"a.onnx\"", "$.target.models", null)]
    public void Parse_ChainThatCannotBeAligned_SaysWhatIsMissing(string trainer, string options, string place, string? fault)
    {
        var json = $$"""
            { "data": { "type": "imageFolder", "path": "a" },
              "estimators": [{ "type": "MapValueToKey", "output": "Label" }, { "type": "{{trainer}}"{{options}} }],
              "target": { "data": { "type": "imageFolder", "path": "b" }, "methods": [], "models": ["adversarial"] } }
            """;
        if (fault is null)
            Assert.That(() => PipelineReader.Parse(json, "p.json"), Throws.Nothing);
        else
            Assert.That(() => PipelineReader.Parse(json, "p.json"), Throws.TypeOf<PipelineFormatException>().With.Message.Contains(place).And.Message.Contains(fault));
    }

    private PipelineDefinition Pipeline(int epochs) => new()
    {
        Name = "stripes",
        BaseFolder = _images.Folder,
        Data = Rows(0),
        Split = new SplitOptions { Folds = 0, TestFraction = 0.2 },
        Estimators =
        [
            new MapValueToKeyStep { Output = "Label" },
            new FineTuneStep { Options = _images.Options with { Epochs = epochs, AlwaysKeepTuned = true, Alignment = new() { Weight = 0.5, Hidden = 8 } } },
        ],
        Outputs = new OutputOptions { Folder = "out", Report = null },
    };

    private ListSource Rows(int remainder, bool turned = false, bool labelled = true) => new()
    {
        Items = [.. _images.Rows.Where((_, row) => row / 3 % 2 == remainder).Select(row => new ListItem { Path = row.ImagePath, Label = labelled ? Label(row, turned ? 1 : 0) : "" })],
    };

    private static string Label(StripeRow row, int turned) => StripedImages.Classes[(Array.IndexOf(StripedImages.Classes, row.Class) + turned) % 3];
}
