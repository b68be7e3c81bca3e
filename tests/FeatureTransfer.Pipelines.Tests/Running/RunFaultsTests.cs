using System.Globalization;
using FeatureTransfer.Backbones;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>Data as strangers bring them, through whole runs.</summary>
public class RunFaultsTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("ft-faults-").FullName;
        SmallModels.Colours().Save(Path.Combine(_folder, "colours.onnx"));
        for (var i = 0; i < 30; i++)
            File.WriteAllBytes(Path.Combine(_folder, $"{i}.png"), TestImages.SolidPng(9, 7, 10, (byte)(100 + i), (byte)(i % 2 * 200)));
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Run_ImagesListedThrice_KeepsCopiesOnOneSideAndCountsThem()
    {
        var result = await RunAsync(Definition(Enumerable.Range(0, 90).Select(row => $"{row % 30}.png,{Label(row % 30)}")));
        var tested = result.Test!.Predictions.CountBy(row => row.Input).ToList();
        Assert.That(tested.Select(image => image.Value), Is.All.EqualTo(3));
        Assert.That(result.Notes, Has.Some.Contain("90 rows are copies: 30 inputs"));
        Assert.That(File.ReadAllText(result.ReportPath!), Does.Contain("90 rows are copies"));
    }

    [Test]
    public async Task Run_CopiesUnderOtherNamesWithOtherLabels_SaysThatTheyContradict()
    {
        File.Copy(Path.Combine(_folder, "0.png"), Path.Combine(_folder, "copy.png"));
        var result = await RunAsync(Definition(Enumerable.Range(0, 30).Select(row => $"{row}.png,{Label(row)}").Append($"copy.png,{Label(1)}")));
        Assert.That(result.Notes, Has.Some.Contain("1 inputs have labels that contradict each other").And.Some.Contain("2 rows are copies"));
    }

    [Test]
    public async Task Run_NumbersBesideImages_WritesAllAndIsJudged()
    {
        var definition = Definition(Enumerable.Range(0, 30).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row}.png,{Label(row)},{row / 2.0}")), "path,label,width");
        definition = definition with
        {
            Data = (CsvSource)definition.Data with { Numbers = ["width"] },
            Estimators = [definition.Estimators[0], new ConcatenateStep { Output = "Features", Inputs = ["Features", "width"] }, .. definition.Estimators.Skip(1)],
        };
        var result = await RunAsync(definition);
        Assert.That(Directory.GetFiles(Path.Combine(_folder, "out")).Select(Path.GetFileName), Is.EquivalentTo(new[] { "model.ftm", "report.html", "predictions.csv", "metrics.json" }));
        using var bundle = Bundle.Load(result.BundlePath!);
        Assert.That(BundleEvaluation.OnHeldOut(bundle, definition).Metrics.Metrics["microAccuracy"], Is.EqualTo(result.Test!.Metrics["microAccuracy"]));
    }

    [Test]
    public async Task Run_NoBundleAndNoFolderYet_WritesTheRest()
    {
        var result = await RunAsync(Definition(Rows(30)) with { Outputs = new OutputOptions { Folder = "new/out", Bundle = null } });
        Assert.That(result.BundlePath, Is.Null);
        Assert.That(Directory.GetFiles(Path.Combine(_folder, "new", "out")).Select(Path.GetFileName), Is.EquivalentTo(new[] { "report.html", "predictions.csv", "metrics.json" }));
    }

    [Test]
    public async Task Run_WithoutATest_LeavesNoPredictionsOfAnEarlierRun()
    {
        var definition = Definition(Rows(30));
        await RunAsync(definition);
        await RunAsync(definition with { Split = new SplitOptions { TestFraction = 0, Folds = 0 } });
        Assert.That(File.Exists(Path.Combine(_folder, "out", "predictions.csv")), Is.False);
    }

    [Test]
    public async Task Run_LabelsOfTwoRows_HoldsOutTheShareAndSaysWhatIsNotTested()
    {
        var result = await RunAsync(Definition(Enumerable.Range(0, 30).Select(row => $"{row}.png,c{row % 15}")) with { Split = new SplitOptions { Folds = 0 } });
        Assert.That(result.TestRows, Is.EqualTo(6));
        Assert.That(result.Notes, Has.Some.Contain("9 of 15 labels").And.Some.Contain("too few to judge by"));
    }

    [Test]
    public void Run_LabelOfOneRow_IsNamed() => Assert.That(
        () => RunAsync(Definition(Enumerable.Range(0, 30).Select(row => $"{row}.png,{(row == 7 ? "rare" : "common")}"))),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("the label 'rare' has 1 row").And.Message.Not.Contains("groups"));

    [Test]
    public void Run_FeaturesThatAreNoNumbers_AreNamed()
    {
        SmallModels.Colours(float.NaN).Save(Path.Combine(_folder, "colours.onnx"));
        Assert.That(() => RunAsync(Definition(Rows(30))), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("none of the 30 rows").And.Message.Contains("NaN"));
    }

    [TestCase("x")]
    [TestCase("x/y")]
    public void Run_OutputsBelowAFile_IsRefusedBeforeAnyDataMove(string folder)
    {
        File.WriteAllText(Path.Combine(_folder, "x"), "");
        var definition = Definition(Rows(30)) with { Outputs = new OutputOptions { Folder = folder }, Data = new CsvSource { Path = "absent.csv" } };
        Assert.That(() => RunAsync(definition), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("outputs.folder"));
    }

    private static string Label(int image) => image % 2 == 0 ? "dark" : "light";

    private static IEnumerable<string> Rows(int count) => Enumerable.Range(0, count).Select(row => $"{row}.png,{Label(row)}");

    private PipelineDefinition Definition(IEnumerable<string> rows, string header = "path,label")
    {
        File.WriteAllLines(Path.Combine(_folder, "rows.csv"), rows.Prepend(header));
        return new PipelineDefinition
        {
            Name = "test",
            Data = new CsvSource { Path = "rows.csv" },
            Split = new SplitOptions { Folds = 3 },
            Estimators = [new ExtractFeaturesStep { Backbone = "colours.onnx", UseCache = false }, new MapValueToKeyStep { Output = "Label" }, new LbfgsMaximumEntropyStep()],
            Outputs = new OutputOptions { Folder = "out" },
            BaseFolder = _folder,
        };
    }

    private Task<RunResult> RunAsync(PipelineDefinition definition) =>
        new PipelineRunner(new FeatureTransferServices { Backbones = new BackboneStore(Path.Combine(_folder, "models")) }).RunAsync(definition);
}
