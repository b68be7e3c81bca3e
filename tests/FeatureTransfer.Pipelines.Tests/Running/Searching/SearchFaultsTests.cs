namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>What is wrong with a search is reported with its place before anything is tried.</summary>
public class SearchFaultsTests
{
    private const string Start = """
        { "data": { "type": "csv", "path": "rows.csv", "image": null, "numbers": ["x", "y"] },
          "estimators": [ { "type": "Concatenate", "output": "Features", "inputs": ["x"] }, { "type": "MapValueToKey", "output": "Label" }, { "type": "LightGbm" } ],
        """;

    [TestCase("""{ "estimators[2].learningRte": [1] }""", "$.search.options['estimators[2].learningRte']", "did you mean \"learningRate\"")]
    [TestCase("""{ "estimators[2].learningRate": [0.1, "high"] }""", "p.json(2,220): $.search.options['estimators[2].learningRate'][1]", "expected a number")]
    [TestCase("""{ "estimators[2].numberOfIterations": { "from": 5, "to": 50 } }""", "$.search.options['estimators[2].numberOfIterations']", "a whole number")]
    [TestCase("""{ "estimators[2].numberOfIterations": { "from": 0, "to": 50, "whole": true } }""", "$.search.options['estimators[2].numberOfIterations']", "found the number 0")]
    [TestCase("""{ "estimators[2].learningRate": { "from": 1, "to": 0.1 } }""", "$.search.options['estimators[2].learningRate']", "less than")]
    [TestCase("""{ "estimators[2].learningRate": { "from": 0, "to": 0.1, "scale": "log" } }""", "$.search.options['estimators[2].learningRate']", "above 0")]
    [TestCase("""{ "estimators[2].learningRate": { "from": 1 } }""", "$.search.options['estimators[2].learningRate']", "\"to\" is missing")]
    [TestCase("""{ "estimators[2].learningRate": [] }""", "$.search.options['estimators[2].learningRate']", "a list of values or a range")]
    [TestCase("""{ "estimators[5].learningRate": [1] }""", "$.search.options['estimators[5].learningRate'][0]", "out of range")]
    [TestCase("""{ "data.path": ["a.csv", "b.csv"] }""", "$.search.options['data.path']", "stay as they are")]
    [TestCase("""{ "estimators[2]": [{ "type": "NaiveBayes" }], "estimators[2].learningRate": [0.1] }""", "$.search.options['estimators[2].learningRate']", "never be tried")]
    [TestCase("""{ "estimators[2]": [{ "type": "NaivBayes" }] }""", "$.search.options['estimators[2]'][0].type", "did you mean \"NaiveBayes\"")]
    [TestCase("""{ "estimators[2]": [{ "type": "LbfgsLogisticRegression" }] }""", "$.search.options", "$.estimators[2]")]
    [TestCase("{}", "$.search.options", "an object of paths")]
    public void Run_Fault_NamesThePlaceAndWhatWasExpected(string options, string place, string expected) =>
        Assert.That(() => Run($$"""{{Start}} "search": { "options": {{options}} } }"""), Throws.InstanceOf<FeatureTransferException>().With.Message.Contains(place).And.Message.Contains(expected));

    [Test]
    public void Run_NothingHeldOut_SaysThatTheWinnerCouldNotBeJudged() => Assert.That(
        () => Run($$"""{{Start}} "split": { "testFraction": 0 }, "search": { "options": { "estimators[2].learningRate": [0.1] } } }"""),
        Throws.TypeOf<PipelineFormatException>().With.Message.Contains("$.split.testFraction").And.Message.Contains("such as 0.2"));

    [Test]
    public void Run_LayerThatABackboneDoesNotHave_IsReportedBeforeATrial()
    {
        using var rows = new SearchedRows();
        SmallModels.Stages().Save(Path.Combine(rows.Folder, "stages.onnx"));
        const string Json = """
            { "data": { "type": "csv", "path": "rows.csv", "image": "x" },
              "estimators": [ { "type": "ExtractFeatures", "backbone": "stages.onnx" }, { "type": "MapValueToKey", "output": "Label" }, { "type": "NearestCentroid" } ],
              "search": { "options": { "estimators[0].layers": [["act2"], ["act7"]], "estimators[2].calibrate": [true, false] } } }
            """;
        var definition = PipelineReader.Parse(Json, "p.json", rows.Folder);
        Assert.That(
            () => new PipelineRunner().RunAsync(definition),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("$.search.options").And.Message.Contains("estimators[0].layers = [\"act7\"]").And.Message.Contains("$.estimators[0]: "));
        Assert.That(rows.Trials, Does.Not.Exist);
    }

    private static Task Run(string json)
    {
        using var rows = new SearchedRows();
        return new PipelineRunner().RunAsync(PipelineReader.Parse(json, "p.json", rows.Folder));
    }
}
