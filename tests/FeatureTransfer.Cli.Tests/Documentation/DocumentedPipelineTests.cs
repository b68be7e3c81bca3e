using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli.Tests.Documentation;

/// <summary>Every pipeline, and every part of one, that a page shows runs to its end.</summary>
public class DocumentedPipelineTests
{
    private static readonly string[] _onlyValidated = ["CtcToText", "DetectObjects"];
    private DocumentedFolder _folder = null!;

    private static IEnumerable<TestCaseData> Blocks() => DocumentedCode.In("json").Select(code => new TestCaseData(code).SetArgDisplayNames(code.ToString()));

    [OneTimeSetUp]
    public void Make() => _folder = new DocumentedFolder();

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [TestCaseSource(nameof(Blocks))]
    public async Task Json_OfAPage_Runs(object block)
    {
        var code = (DocumentedCode)block;
        var json = code.Text.Contains("\"estimators\"", StringComparison.Ordinal) ? code.Text : Whole(code.Text);
        if (_onlyValidated.Any(stage => json.Contains($"\"{stage}\"", StringComparison.Ordinal)))
        {
            await ValidateAsync(json);
            return;
        }

        var result = await new PipelineRunner(_folder.Services).RunAsync(PipelineReader.Parse(json, Path.Combine(_folder.Root, "page.json"), _folder.Root));
        Assert.That(result.Rejected, Is.Empty);
        Assert.That(result.Rows, Is.GreaterThan(20));
    }

    // There is nothing to read or to find on the photographs; ReadPageTests and DetectObjectsTests run these cascades.
    private async Task ValidateAsync(string json)
    {
        var file = Path.Combine(_folder.Root, "pages.json");
        await File.WriteAllTextAsync(file, json);
        var outcome = await Ft.RunAsync("pipelines", "validate", file);
        Assert.That(outcome.Code, Is.EqualTo(ExitCodes.Ok), outcome.Error);
    }

    /// <summary>Steps with the data that they read, and the steps that their page leaves out because it is about others.</summary>
    private static string Whole(string steps)
    {
        var data = steps.Contains("\"message\"", StringComparison.Ordinal)
            ? """{ "type": "csv", "path": "messages.csv", "image": null, "texts": ["message"], "label": "subject" }"""
            : steps.Contains("speech_embedding", StringComparison.Ordinal) ? """{ "type": "audioFolder", "path": "recordings" }"""
            : """{ "type": "imageFolder", "path": "photos" }""";
        const string Key = """{ "type": "MapValueToKey", "output": "Label" }""";
        var isTrainer = new[] { "FineTune", "ImageClassification", "Lbfgs", "LinearSvc" }.Any(name => steps.Contains(name, StringComparison.Ordinal));
        var before = isTrainer && !steps.Contains("MapValueToKey", StringComparison.Ordinal) ? Key + "," : "";
        var after = isTrainer ? "" : $$""", {{Key}}, { "type": "LbfgsMaximumEntropy" }""";
        return $$"""{ "data": {{data}}, "split": { "testFraction": 0.2 }, "estimators": [ {{before}} {{steps}} {{after}} ] }""";
    }
}
