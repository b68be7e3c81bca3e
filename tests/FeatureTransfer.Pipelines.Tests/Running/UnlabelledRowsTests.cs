using System.Globalization;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>Tables some of whose rows have no label.</summary>
public class UnlabelledRowsTests
{
    private string _folder = "";

    [OneTimeSetUp]
    public void MakeTable()
    {
        _folder = Directory.CreateTempSubdirectory("ft-unlabelled-").FullName;
        var random = new Random(3);
        var rows = Enumerable.Range(0, 90).Select(i => string.Create(CultureInfo.InvariantCulture, $"{(i % 3) + (random.NextDouble() * 0.8)},{random.NextDouble()},{(i % 9 < 3 ? "abc"[i % 3].ToString() : "")},g{i / 3}"));
        File.WriteAllLines(Path.Combine(_folder, "rows.csv"), rows.Prepend("x,y,label,group"));
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [TestCase("""{ "type": "SelfTraining", "trainer": { "type": "RidgeClassifier" }, "threshold": 0.4 }""")]
    [TestCase("""{ "type": "LabelPropagation", "k": 5, "metric": "euclidean" }""")]
    public async Task Run_RowsWithoutALabel_TeachAndAreNeverJudged(string trainer)
    {
        var definition = Read(trainer, folds: 2);
        var result = await new PipelineRunner().RunAsync(definition);
        using var bundle = Bundle.Load(result.BundlePath!);
        Assert.Multiple(() =>
        {
            Assert.That(result.Rejected, Is.Empty);
            Assert.That((result.TrainRows, result.TestRows), Is.EqualTo((84, 6)), "30 rows have a label, and a fifth of these judges");
            Assert.That(result.ClassRows.Select(label => label.Label), Is.EquivalentTo(new[] { "a", "b", "c" }));
            Assert.That(result.ClassRows.Sum(label => label.TrainRows + label.TestRows), Is.EqualTo(30));
            Assert.That(result.Labels, Is.EquivalentTo(new[] { "a", "b", "c" }));
            Assert.That(result.Test!.Predictions.Select(row => row.Label), Has.None.Empty);
            Assert.That(result.CrossValidation!.Folds.Select(fold => (fold.TrainRows, fold.TestRows)), Is.All.EqualTo((72, 12)));
            Assert.That(result.Notes, Has.One.Contains("60 rows without a label").And.None.Contains("held out, where"));
            Assert.That(BundleEvaluation.OnHeldOut(bundle, definition).Metrics.Metrics, Is.EqualTo(result.Test.Metrics));
            Assert.That(BundleEvaluation.OnAll(bundle, definition).Metrics.Rows, Is.EqualTo(30));
        });
    }

    [Test]
    public async Task Run_TrainerOfLabelledRowsAlone_RejectsTheOthers()
    {
        var result = await new PipelineRunner().RunAsync(Read("""{ "type": "RidgeClassifier" }"""));
        Assert.That(result.Rejected, Has.Count.EqualTo(60));
        Assert.That(result.Rejected[0].Reason, Does.Contain("is empty, so the row has no label"));
    }

    [Test]
    public async Task Run_Groups_OfJudgedRowsDoNotTeachWithoutALabelEither()
    {
        var result = await new PipelineRunner().RunAsync(Read("""{ "type": "LabelPropagation" }""", "\"group\": \"group\", \"groupPattern\": \"(.)$\""));
        Assert.That((result.TrainRows, result.TestRows), Is.EqualTo((72, 6)), "rows without a label in the group of a row that judges are left out");
    }

    [Test]
    public async Task Run_Search_ComparesOnLabelledRowsAndHoldsTheSameRowsOut()
    {
        var searched = Read("""{ "type": "SelfTraining", "trainer": { "type": "RidgeClassifier" } }""", rest: """, "search": { "options": { "estimators[2].threshold": [0.6, 0.9] }, "strategy": "random", "folds": 2 }""");
        var result = await new PipelineRunner().RunAsync(searched);
        Assert.That((result.TrainRows, result.TestRows), Is.EqualTo((84, 6)));
        Assert.That(result.Search!.Rows, Is.EqualTo(24));
    }

    [Test]
    public void Run_SearchOfTrainersThatReadOtherRows_IsRefused() => Assert.That(
        () => new PipelineRunner().RunAsync(Read("""{ "type": "SelfTraining" }""", rest: """, "search": { "options": { "estimators[2]": [{ "type": "SelfTraining" }, { "type": "RidgeClassifier" }] } }""")),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("held out alike").And.Message.Contains("SelfTraining"));

    private PipelineDefinition Read(string trainer, string data = "\"limit\": 1000", int folds = 0, string rest = "") => PipelineReader.Parse($$"""
        {
          "data": { "type": "csv", "path": "rows.csv", "image": null, "numbers": ["x", "y"], {{data}} },
          "split": { "testFraction": 0.2, "folds": {{folds}} },
          "estimators": [
            { "type": "Concatenate", "output": "Features", "inputs": ["x", "y"] },
            { "type": "MapValueToKey", "output": "Label" },
            {{trainer}}
          ],
          "evaluation": { "maxRejectedShare": 1 },
          "outputs": { "folder": "out", "report": null{{(folds == 0 ? ", \"bundle\": null" : "")}} }{{rest}}
        }
        """, "p.json", _folder);
}
