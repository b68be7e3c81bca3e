using FeatureTransfer.Adaptation;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Running.Adapting;

public class DomainComparisonTests
{
    private TwoStyles _rows = null!;

    [SetUp]
    public void MakeRows() => _rows = new TwoStyles();

    [TearDown]
    public void RemoveRows() => _rows.Dispose();

    [Test]
    public async Task Compare_MovedTarget_KeepsAnAdaptation()
    {
        var report = await CompareAsync(_rows.Write("target.csv", moved: 4));
        Assert.Multiple(() =>
        {
            Assert.That(report.Candidates[0].Name, Is.EqualTo(DomainComparison.SourceOnly));
            Assert.That(report.Candidates[0].Accuracy, Is.LessThan(0.7));
            Assert.That(report.Candidates.Single(candidate => candidate.Name == report.Keep).Accuracy, Is.GreaterThan(0.9), report.Why);
            Assert.That(report.Keep, Is.Not.EqualTo(DomainComparison.SourceOnly));
            Assert.That(report.Candidates[1].DomainDistance, Is.LessThan(report.Candidates[0].DomainDistance!.Value));
            Assert.That((report.SourceRows, report.TargetRows, report.TestRows), Is.EqualTo((120, 60, 60)));
        });
    }

    /// <summary>The domains differ in the shares of their classes alone, and standardizing takes that for shift.</summary>
    [Test]
    public async Task Compare_OtherSharesOfClasses_IsNegativeTransferAndThePlainModelIsKept()
    {
        var report = await CompareAsync(_rows.Write("target.csv", moved: 0, rare: 12));
        Assert.Multiple(() =>
        {
            Assert.That(report.Keep, Is.EqualTo(DomainComparison.SourceOnly));
            Assert.That(report.Candidates.Where(candidate => candidate.IsNegativeTransfer), Is.Not.Empty);
            Assert.That(report.Why, Does.Contain("Negative transfer: Standardize").And.Contain("other shares"));
        });
    }

    [Test]
    public async Task Compare_TargetWithoutLabels_KeepsThePlainModelAndSaysWhy()
    {
        var report = await CompareAsync(_rows.Write("target.csv", moved: 4, labelled: false));
        Assert.That(report.Keep, Is.EqualTo(DomainComparison.SourceOnly));
        Assert.That(report.Why, Does.Contain("no labels"));
        Assert.That(report.Candidates.Select(candidate => candidate.Accuracy), Is.All.Null);
    }

    [Test]
    public async Task Compare_Weights_ReachTheTrainer()
    {
        var report = await CompareAsync(_rows.Write("target.csv", moved: 0.2), new DomainComparisonOptions { Methods = [], Weights = [.. Enum.GetValues<ImportanceMethod>()] });
        Assert.That(report.Candidates.Select(candidate => candidate.Name), Is.EqualTo(new[] { "source-only", "DomainClassifier", "Kliep", "KernelMeanMatching" }));
        Assert.That(report.Candidates.Select(candidate => candidate.Accuracy), Is.All.GreaterThan(0.8));
    }

    [Test]
    public async Task Run_StepWithoutItsDomain_SaysWhatIsMissing()
    {
        var steps = _rows.Pipeline().Estimators;
        var definition = _rows.Pipeline() with { Estimators = [steps[0], new ImportanceWeightsStep { DomainColumn = "style" }, steps[1], new LbfgsMaximumEntropyStep { ExampleWeightColumn = "Weight" }] };
        await Assert.ThatAsync(() => new PipelineRunner().RunAsync(definition), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("style"));
    }

    /// <summary>Few labels of the target among those of the source, in one table.</summary>
    [Test]
    public async Task Run_AdaptedAndWeightedTable_LearnsFromBothDomains()
    {
        var steps = _rows.Pipeline().Estimators;
        var definition = _rows.Pipeline() with
        {
            Data = _rows.Write("both.csv", 0) with { Texts = ["style"] },
            Split = new SplitOptions { Folds = 2 },
            Estimators = [steps[0], new AdaptFeaturesStep { DomainColumn = "style" }, new ImportanceWeightsStep { DomainColumn = "style" }, steps[1], new LbfgsMaximumEntropyStep { ExampleWeightColumn = "Weight" }],
            Outputs = new OutputOptions { Folder = "out" },
        };
        var result = await new PipelineRunner().RunAsync(definition);
        Assert.That(result.Test!.Metrics.Headline!.Value, Is.GreaterThan(0.9));
    }

    [Test]
    public async Task Compare_Groups_AreOnOneSide()
    {
        var report = await CompareAsync(_rows.Write("target.csv", moved: 4), group: true);
        Assert.That(report.SourceRows, Is.EqualTo(120 - report.TestRows), "each group has one row in either domain");
    }

    [Test]
    public void Compare_Regression_SaysWhichTaskItTakes() =>
        Assert.That(() => new DomainComparison().CompareAsync(_rows.Pipeline() with { Task = PipelineTask.Regression }, _rows.Write("t.csv", 0)), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("multiclass"));

    private Task<DomainComparisonReport> CompareAsync(DataSource target, DomainComparisonOptions? options = null, bool group = false) =>
        new DomainComparison().CompareAsync(_rows.Pipeline(group: group), target, options);
}
