using FeatureTransfer.Heads;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Steps;

/// <summary>The trainers for few labels as JSON declares them.</summary>
public class HeadStepTests
{
    [Test]
    public void Parse_Options_AreThoseOfTheTrainer()
    {
        var probe = Parse("""{ "type": "LinearProbe", "l2Regularizations": [1, 10], "folds": 3, "logitsColumn": "Logits" }""");
        Assert.That(TrainerOptions.Of<LinearProbeOptions>((TrainerStep)probe, new StepBuild(new(1), FeatureTransferServices.Default, null) { Seed = 7 }), Is.EqualTo(new LinearProbeOptions { L2Regularizations = [1, 10], Folds = 3, LogitsColumnName = "Logits", Seed = 7 }));
    }

    [Test]
    public void Parse_SelfTraining_HasATrainerOfItsOwn()
    {
        Assert.That(TrainerOptions.Of<SelfTrainingOptions>(new SelfTrainingStep(), new StepBuild(new(1), FeatureTransferServices.Default, null)), Is.EqualTo(new SelfTrainingOptions()));
        var step = Parse("""{ "type": "SelfTraining", "trainer": { "type": "RidgeClassifier", "alpha": 2 }, "threshold": 0.8 }""");
        Assert.That(TrainerOptions.Of<SelfTrainingOptions>((TrainerStep)step, new StepBuild(new(1), FeatureTransferServices.Default, null) { Seed = 7 }), Is.EqualTo(new SelfTrainingOptions { Trainer = new RidgeClassifierOptions { Alpha = 2 }, Threshold = 0.8, Seed = 7 }));
    }

    [TestCase("""{ "type": "SelfTraining", "trainer": { "type": "KNearestNeighbours" } }""", "trainer", "NearestCentroid, RidgeClassifier, LinearSvc, LinearProbe")]
    [TestCase("""{ "type": "LabelPropagation", "alpha": 1 }""", "alpha", "below 1")]
    [TestCase("""{ "type": "RidgeClassifier", "alpha": 0 }""", "alpha", "a number above 0")]
    [TestCase("""{ "type": "LinearProbe", "l2Regularizations": [1, -1] }""", "l2Regularizations[1]", "a number above 0")]
    [TestCase("""{ "type": "LinearProbe", "folds": 1 }""", "folds", "at least 2")]
    [TestCase("""{ "type": "KNearestNeighbours", "metric": "manhattan" }""", "metric", "cosine")]
    [TestCase("""{ "type": "LinearSvc", "los": "hinge" }""", "los", "loss")]
    [TestCase("""{ "type": "NearestCentroid", "logitsColumn": "Score" }""", "estimators[2]", "neither Score nor PredictedLabel")]
    public void Parse_OptionThatDoesNotFit_NamesItAndWhatIsExpected(string step, string place, string expected) =>
        Assert.That(() => Parse(step), Throws.TypeOf<PipelineFormatException>().With.Message.Contains(place).And.Message.Contains(expected));

    [Test]
    public void Parse_BinaryTask_SaysWhichItIsFor() =>
        Assert.That(() => Parse("""{ "type": "LinearSvc" }""", "binary"), Throws.TypeOf<PipelineFormatException>().With.Message.Contains("LinearSvc cannot end a pipeline whose task is binary: it is for multiclass"));

    private static PipelineStep Parse(string step, string task = "multiclass") => PipelineReader.Parse($$"""
        {
          "task": "{{task}}",
          "data": { "type": "csv", "path": "rows.csv", "image": null, "numbers": ["x"] },
          "estimators": [
            { "type": "Concatenate", "output": "Features", "inputs": ["x"] },
            { "type": "MapValueToKey", "output": "Label" },
            {{step}}
          ],
          "outputs": { "folder": "out" }
        }
        """, "p.json", Path.GetTempPath()).Estimators[^1];
}
