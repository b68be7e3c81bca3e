using System.Text.Json;
using FeatureTransfer.Cli.Tests.Samples;

namespace FeatureTransfer.Cli.Tests;

/// <summary>The one form of all JSON: a single value on standard output, members in camel case.</summary>
public class JsonOutputTests
{
    // Their members are names from the data or the model, and the schema's own.
    private static readonly string[] _named = ["scores", "layers", "properties", "definitions", "$defs"];

    private ColourFolder _colours = null!;

    [OneTimeSetUp]
    public async Task Train()
    {
        _colours = new ColourFolder(8);
        var (code, _, error) = await Ft.RunAsync("run", _colours.Pipeline, "--quiet");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
    }

    [OneTimeTearDown]
    public void Remove() => _colours.Dispose();

    [TestCase("run {pipeline}", "pipeline, exitCode, metric, value, seconds, rejected, bundle, report, notes")]
    [TestCase("extract {images} --backbone {backbone} --output {root}/f.npy", "output, names, rows, featureLength, rejected")]
    [TestCase("predict {bundle} {images}", "input, label, confidence, scores")]
    [TestCase("predict {bundle} {images} --top 2", "input, label, confidence, top")]
    [TestCase("evaluate {bundle} {images}", "metrics, rejected, trainedOn, unknownLabels, notes")]
    [TestCase("export {bundle} {root}/whole.onnx", "files, bytes, inputs, outputs")]
    [TestCase("export {bundle} {root}/whole.zip", "files, bytes")]
    [TestCase("augment preview {images} --augment [{\"type\":\"horizontalFlip\"}] --rows 1 --columns 2 --output {root}/s.png", "output, rows, columns, rejected")]
    [TestCase("models list", "id, description, modality, source, ready, sizeInBytes, licence, paper, accuracy, defaultLayers")]
    [TestCase("models inspect {backbone}", "id, layers, defaultLayers, tensors")]
    [TestCase("models pull {backbone}", "id, onnxPath, sha256")]
    [TestCase("cache stats --folder {root}/cache", "folder, bytes, scopes")]
    [TestCase("cache verify --folder {root}/cache", "folder, records, bytes, damaged, faults")]
    [TestCase("cache prune --folder {root}/cache", "")]
    [TestCase("cache clear --yes --folder {root}/cache", "folder, bytesFreed")]
    [TestCase("pipelines validate {pipeline}", "pipeline, estimators, unchecked")]
    [TestCase("doctor", "part, ok, needed, found")]
    [TestCase("schema", "")]
    public async Task Json_Command_IsOneValueInCamelCase(string command, string members)
    {
        string[] words = [.. command.Split(' ').Select(word => word
            .Replace("{pipeline}", _colours.Pipeline, StringComparison.Ordinal)
            .Replace("{bundle}", _colours.Bundle, StringComparison.Ordinal)
            .Replace("{backbone}", _colours.Backbone, StringComparison.Ordinal)
            .Replace("{images}", _colours.Images, StringComparison.Ordinal)
            .Replace("{root}", _colours.Root, StringComparison.Ordinal))];
        var (code, output, error) = await Ft.RunAsync([.. words, "--json", "--quiet"]);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        using var json = JsonDocument.Parse(output);
        Assert.That(Members(json.RootElement).Where(name => !char.IsAsciiLetterLower(name.TrimStart('$')[0])), Is.Empty);
        var first = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement[0] : json.RootElement;
        if (members.Length > 0)
            Assert.That(first.EnumerateObject().Select(member => member.Name), Is.EqualTo(members.Split(", ")));
    }

    [Test]
    public async Task Json_PipelineWithFaults_TellsOfThemOnBothOutputs()
    {
        var bad = Path.Combine(_colours.Root, "bad.json");
        File.WriteAllText(bad, "{ oops");
        var (code, output, error) = await Ft.RunAsync("pipelines", "validate", bad, _colours.Pipeline, "--json");
        using var json = JsonDocument.Parse(output);
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(json.RootElement[0].GetProperty("error").GetString(), Does.Contain("bad.json(1,"));
        Assert.That(json.RootElement[1].GetProperty("estimators").GetInt32(), Is.EqualTo(4));
        Assert.That(error, Does.Contain("bad.json(1,"));
    }

    [Test]
    public async Task Csv_OutputsOfARun_HaveHeadsInCamelCase()
    {
        var heads = (await File.ReadAllLinesAsync(_colours.Output("predictions.csv")))[0];
        Assert.That(heads, Is.EqualTo("input,label,predicted,confidence"));
    }

    private static IEnumerable<string> Members(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Members),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => _named.Contains(member.Name) ? [] : Members(member.Value).Prepend(member.Name)),
        _ => [],
    };
}
