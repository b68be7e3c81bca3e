using FeatureTransfer.Backbones;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Running;

public class ChainFaultsTests
{
    private static readonly string _folder = Directory.CreateTempSubdirectory("ft-chain-").FullName;
    private static readonly ExtractFeaturesStep _extract = new() { Backbone = "colours.onnx" };
    private static readonly MapValueToKeyStep _keys = new() { Output = "Label" };
    private static readonly LbfgsMaximumEntropyStep _trainer = new();

    [OneTimeSetUp]
    public void MakeBackbone() => SmallModels.Colours().Save(Path.Combine(_folder, "colours.onnx"));

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<TestCaseData> Chains()
    {
        yield return new TestCaseData(new PipelineStep[] { _extract, _keys, _trainer }, Array.Empty<string>()).SetArgDisplayNames("whole");
        yield return new TestCaseData(new PipelineStep[] { _extract, _keys }, new[] { "estimators: no step is a trainer" }).SetArgDisplayNames("no trainer");
        yield return new TestCaseData(new PipelineStep[] { _extract, _trainer }, new[] { "estimators[1]: the column \"Label\" is text" }).SetArgDisplayNames("no keys");
        yield return new TestCaseData(new PipelineStep[] { _extract, new MapValueToKeyStep { Output = "Lable" }, _keys, _trainer }, new[] { "estimators[1]: there is no column \"Lable\"|'Label'" }).SetArgDisplayNames("no column");
        yield return new TestCaseData(new PipelineStep[] { _extract, _keys, new DropColumnsStep { Columns = ["Features"] }, _trainer }, new[] { "estimators[3]: there is no column \"Features\"" }).SetArgDisplayNames("dropped column");
        yield return new TestCaseData(new PipelineStep[] { _keys, _extract, _trainer }, new[] { "estimators[1]: ExtractFeatures stands behind MapValueToKey" }).SetArgDisplayNames("order");
        yield return new TestCaseData(new PipelineStep[] { _extract with { Backbone = "resnet_18.mlnat" }, _keys, _trainer }, new[] { "estimators[0]: There is no backbone 'resnet_18.mlnat'|resnet_18.mlnet" }).SetArgDisplayNames("backbone");
        yield return new TestCaseData(new PipelineStep[] { _extract with { Layers = ["colur"] }, _keys, _trainer }, new[] { "estimators[0]: |no layer 'colur'" }).SetArgDisplayNames("layer");
        yield return new TestCaseData(new PipelineStep[] { _keys, Gate([_extract, _trainer], [_extract, _trainer]) }, Array.Empty<string>()).SetArgDisplayNames("whole gate");
        yield return new TestCaseData(new PipelineStep[] { Gate([_extract, _trainer], [_extract, _trainer]) }, new[] { "estimators[0]: the column \"Label\" is text", "estimators[0].cheap[1]: the column", "estimators[0].costly[1]: the column" }).SetArgDisplayNames("gate without keys");
        yield return new TestCaseData(new PipelineStep[] { _keys, Gate([_extract with { Backbone = "resnet_18.mlnat" }, _trainer], [_extract with { Layers = ["colur"] }, _trainer]) }, new[] { "estimators[1].cheap[0]: There is no backbone", "estimators[1].costly[0]: |no layer 'colur'" }).SetArgDisplayNames("gate's backbones");
        yield return new TestCaseData(new PipelineStep[] { _keys, Gate([_extract], [_trainer]) }, new[] { "estimators[1].cheap: no step is a trainer", "estimators[1].costly[0]: there is no column \"Features\"" }).SetArgDisplayNames("gate's trainer and column");
        yield return new TestCaseData(new PipelineStep[] { _keys, Gate([_keys, _extract, _trainer], [_extract, new SelectColumnsStep { Columns = ["Features", "Label"] }, _trainer]) }, new[] { "estimators[1].cheap[1]: ExtractFeatures stands behind", "estimators[1].costly[1]: SelectColumns" }).SetArgDisplayNames("gate's order");
        yield return new TestCaseData(new PipelineStep[] { _keys, new EnsembleStep { Models = [[_extract, _trainer]] } }, new[] { "estimators[1]: Ensemble: |two models or more" }).SetArgDisplayNames("ensemble of one");
    }

    private static GateStep Gate(ValueList<PipelineStep> cheap, ValueList<PipelineStep> costly) => new() { Cheap = cheap, Costly = costly };

    [TestCaseSource(nameof(Chains))]
    public void Of_Chain_NamesEachFaultWithItsPlace(IReadOnlyList<PipelineStep> steps, IReadOnlyList<string> expected)
    {
        var faults = Faults(new PipelineDefinition { Data = new ImageFolderSource { Path = "absent" }, Estimators = [.. steps], BaseFolder = _folder });
        Assert.That(faults, Has.Count.EqualTo(expected.Count));
        foreach (var (fault, parts) in faults.Zip(expected))
            Assert.That(parts.Split('|'), Is.All.Matches<string>(part => fault.Contains(part!, StringComparison.Ordinal)), fault);
    }

    [TestCase(PipelineTask.Binary, 1)]
    [TestCase(PipelineTask.Regression, 1)]
    [TestCase(PipelineTask.Multiclass, 0)]
    public void Of_StepThatMapsLabels_IsAFaultWhereTheyAreNoText(PipelineTask task, int expected)
    {
        var faults = Faults(new PipelineDefinition
        {
            Data = new ImageFolderSource { Path = "absent" },
            Task = task,
            Estimators = [_extract, new CopyColumnsStep { Output = "Copy", Input = "Label" }, new MapValueToKeyStep { Output = "Key", Input = "Copy" }, new MapValueToKeyStep { Output = "Other", Input = "Label" }],
            BaseFolder = _folder,
        });
        Assert.That(faults.Count(fault => fault.StartsWith("$.estimators[3]: MapValueToKey reads the labels in the column \"Label\"", StringComparison.Ordinal)), Is.EqualTo(expected));
        Assert.That(faults, Has.None.StartsWith("$.estimators[1]"));
    }

    [Test]
    public void Of_ColumnsAndPatternsOfOptions_AreChecked()
    {
        var faults = Faults(new PipelineDefinition
        {
            Data = new CsvSource { Path = "absent.csv", GroupPattern = "(" },
            Split = new SplitOptions { GroupColumn = "who", GroupPattern = "[" },
            Evaluation = new EvaluationOptions { LabelColumn = "Lable" },
            Estimators = [_extract, _keys, _trainer],
            BaseFolder = _folder,
        });
        Assert.That(faults.Select(fault => fault.Split(':')[0]), Is.EqualTo(new[] { "$.evaluation.labelColumn", "$.split.groupColumn", "$.split.groupPattern", "$.data.groupPattern" }));
    }

    [Test]
    public void Apply_PatternThatNeverEnds_NamesItself() => Assert.That(
        () => GroupPatterns.Apply(GroupPatterns.Compile("^(a+)+$"), new string('a', 40) + "b"),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("^(a+)+$"));

    private static List<string> Faults(PipelineDefinition definition) =>
        [.. ChainFaults.Of(definition, new FeatureTransferServices { Backbones = new BackboneStore(Path.Combine(_folder, "models")) }).Select(fault => fault.ToString())];
}
