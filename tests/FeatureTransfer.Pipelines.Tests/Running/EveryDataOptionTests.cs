using System.Text.Json.Nodes;
using FeatureTransfer.Sql;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>Runs a whole pipeline with every option of the sources of tables and files, of the split, the evaluation and the outputs.</summary>
public class EveryDataOptionTests
{
    private const string Table = "\"image\": null, \"numbers\": [\"x\", \"y\"], \"texts\": [\"truth\"]";

    private static readonly JsonObject _schema = JsonNode.Parse(PipelineSchema.Generate())!.AsObject();

    private static readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal)
    {
        ["csv"] = "\"path\": \"rows.csv\", " + Table,
        ["tsv"] = "\"path\": \"rows.tsv\", " + Table,
        ["json"] = "\"path\": \"rows.json\", " + Table,
        ["jsonLines"] = "\"path\": \"rows.jsonl\", " + Table,
        ["parquet"] = "\"path\": \"rows.parquet\", " + Table,
        ["sql"] = "\"query\": \"SELECT * FROM data\", \"database\": \"rows.parquet\", " + Table,
        ["imageFolder"] = "\"path\": \"photos\"",
        ["audioFolder"] = "\"path\": \"tones\"",
        ["textFolder"] = "\"path\": \"texts\"",
        ["zip"] = "\"path\": \"photos.zip\"",
        ["tar"] = "\"path\": \"photos.tar\"",
        ["list"] = "\"items\": [" + string.Join(',', Enumerable.Range(0, DataOptionFolder.Rows).Select(i => $"{{ \"path\": \"{i}.png\", \"label\": \"{"abc"[i % 3]}\" }}")) + "]",
    };

    /// <summary>By section and option, or by option: members of the section, and of others behind a bar.</summary>
    private static readonly Dictionary<string, string> _values = new(StringComparer.Ordinal)
    {
        ["extensions"] = "\"extensions\": [\".png\"]",
        ["audioFolder.extensions"] = "\"extensions\": [\".wav\"]",
        ["textFolder.extensions"] = "\"extensions\": [\".txt\"]",
        ["limit"] = "\"limit\": 30",
        ["root"] = "\"root\": \"photos\"",
        ["image"] = "\"image\": \"{file}\"",
        ["label"] = "\"label\": \"truth\"",
        ["group"] = "\"group\": \"group\"",
        ["groupPattern"] = "\"group\": \"group\", \"groupPattern\": \"^(g.)\"",
        ["texts"] = "\"texts\": [\"truth\", \"several\"]",
        ["numbers"] = "\"numbers\": [\"y\", \"x\"]",
        ["where"] = "\"where\": [{ \"field\": \"label\", \"values\": [\"level\", \"upright\"] }]",
        ["name"] = "\"name\": \"file\"",
        ["encoding"] = "\"encoding\": \"windows-1252\"",
        ["header"] = "\"path\": \"plain.csv\", \"header\": false, \"numbers\": [\"column1\", \"column2\"], \"label\": \"column3\", \"texts\": []",
        ["tsv.header"] = "\"header\": true",
        ["database"] = "\"database\": null, \"query\": \"SELECT * FROM 'rows.parquet'\"",
        ["split.groupColumn"] = "\"groupColumn\": \"Group\" | \"data\": { \"type\": \"csv\", \"path\": \"rows.csv\", \"group\": \"group\", " + Table + " }",
        ["split.groupPattern"] = "\"groupPattern\": \"[0-9]+[.]png\" | \"data\": { \"type\": \"imageFolder\", \"path\": \"photos\" }",
        ["evaluation.labelColumn"] = "\"labelColumn\": \"truth\"",
        ["evaluation.positiveLabel"] = "\"positiveLabel\": \"level\" | \"task\": \"binary\"",
        ["evaluation.threshold"] = "\"positiveLabel\": \"level\", \"threshold\": 0.4 | \"task\": \"binary\"",
        ["evaluation.labelSeparator"] = "\"labelSeparator\": \"|\" | \"task\": \"multiLabel\", \"data\": { \"type\": \"csv\", \"path\": \"rows.csv\", \"label\": \"several\", \"image\": \"{file}\" }",
        ["evaluation.slices"] = "\"slices\": [\"Group\"] | \"data\": { \"type\": \"csv\", \"path\": \"rows.csv\", \"group\": \"group\", " + Table + " }",
        ["evaluation.calibrate"] = "\"calibrate\": true",
        ["evaluation.conformal"] = "\"conformal\": { \"coverage\": 0.8, \"method\": \"adaptive\" }",
        ["evaluation.unknown"] = "\"unknown\": { \"column\": \"Score\", \"falseAlarm\": 0.1 }",
        ["evaluation.fewShot"] = "\"fewShot\": { \"shots\": [2, 4], \"repeats\": 2 }",
        ["evaluation.probe"] = "\"probe\": [\"truth\"]",
        ["evaluation.baseline"] = "\"baseline\": \"rawPixels\" | \"data\": { \"type\": \"imageFolder\", \"path\": \"photos\" }",
    };

    private DataOptionFolder _folder = null!;

    private static IEnumerable<TestCaseData> Cases =>
        from section in _sources.Keys.Select(source => (Name: source, Options: Source(source))).Concat(new[] { "split", "evaluation", "outputs" }.Select(name => (Name: name, Options: Members(_schema["properties"]![name]!))))
        from option in section.Options.Where(name => name is not ("type" or "path" or "query" or "items")).Prepend("")
        from isNull in section.Name == "outputs" && option is not ("" or "folder" or "driftSample") ? new[] { false, true } : [false]
        select new TestCaseData(section.Name, option, isNull);

    [OneTimeSetUp]
    public void Make() => _folder = new DataOptionFolder();

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [TestCaseSource(nameof(Cases))]
    public async Task Run_OneOption_ComesToItsEnd(string section, string option, bool isNull)
    {
        var pipeline = new JsonObject
        {
            ["data"] = Parse("\"type\": \"csv\", " + _sources["csv"]),
            ["split"] = Parse("\"folds\": 2, \"testFraction\": 0.25"),
            ["outputs"] = Parse("\"folder\": \"out\""),
        };
        if (_sources.TryGetValue(section, out var source))
            pipeline["data"] = Parse($"\"type\": \"{section}\", {source}");
        if (option.Length > 0)
            Lay(pipeline, section, option, isNull);
        pipeline["estimators"] = Chain(pipeline);

        var outputs = Directory.CreateDirectory(Path.Combine(_folder.Path, "out"));
        outputs.Delete(recursive: true);
        var result = await new PipelineRunner(FeatureTransferServices.Default with { Sql = new SqlEngine() }).RunAsync(PipelineReader.Parse(pipeline.ToJsonString(), "p.json", _folder.Path));
        Assert.That(result.Rejected, Is.Empty);
        Assert.That(result.Test!.Rows, Is.EqualTo(result.TestRows).And.GreaterThan(3));
        if (section == "outputs" && option is not ("" or "folder" or "driftSample" or "history" or "rejected"))
            Assert.That(File.Exists(Path.Combine(outputs.FullName, "else.x")), Is.EqualTo(!isNull));
    }

    private static void Lay(JsonObject pipeline, string section, string option, bool isNull)
    {
        var isSource = _sources.ContainsKey(section);
        var parts = (_values.GetValueOrDefault($"{section}.{option}") ?? (isSource ? _values.GetValueOrDefault(option) : null) ?? Sample(section, option, isNull)).Split(" | ");
        foreach (var (key, value) in parts.Length > 1 ? Parse(parts[1]) : [])
            pipeline[key] = value!.DeepClone();
        var target = (pipeline[isSource ? "data" : section] ??= new JsonObject()).AsObject();
        foreach (var (key, value) in Parse(parts[0]))
            target[key] = value?.DeepClone();
    }

    private static string Sample(string section, string option, bool isNull) => (section, option) switch
    {
        ("outputs", "winner" or "trials") => $"\"{option}\": {(isNull ? "null" : "\"else.x\"")} | \"search\": {{ \"options\": {{ \"estimators[2].l2Regularization\": [0.1, 1] }} }}",
        ("outputs", "driftSample") => "\"driftSample\": 5",
        ("outputs", "folder") => "\"folder\": \"elsewhere\"",
        ("outputs", _) => $"\"{option}\": {(isNull ? "null" : "\"else.x\"")}",
        ("csv", "separator") => "\"separator\": \"comma\"",
        (_, "decimal") => "\"decimal\": \"point\"",
        ("split", "testFraction") => "\"testFraction\": 0.3",
        ("split", "stratified") => "\"stratified\": false",
        ("split", "folds") => "\"folds\": 3",
        ("split", "repeats") => "\"repeats\": 2",
        ("evaluation", "maxRejectedShare") => "\"maxRejectedShare\": 0",
        ("evaluation", "pricePerHour") => "\"pricePerHour\": 2.5",
        _ => throw new NotSupportedException($"{section}.{option} is new: say here what value it takes."),
    };

    private static JsonArray Chain(JsonObject pipeline)
    {
        var data = pipeline["data"]!;
        var features = data["numbers"] is { } numbers ? $$"""{ "type": "Concatenate", "output": "Features", "inputs": {{numbers.ToJsonString()}} }""" : (string?)data["type"] switch
        {
            "textFolder" => """{ "type": "FeaturizeText", "output": "Features", "inputs": ["Text"] }""",
            "audioFolder" => """{ "type": "ExtractFeatures", "backbone": "sounds.json" }""",
            _ => """{ "type": "ExtractFeatures", "backbone": "small.onnx" }""",
        };
        var trainer = (string?)pipeline["task"] switch
        {
            "binary" => """{ "type": "LbfgsLogisticRegression" }""",
            "multiLabel" => """{ "type": "FineTune", "backbone": "small.onnx", "headEpochs": 2, "epochs": 0, "trainableFrom": "conv2" }""",
            _ => """{ "type": "LbfgsMaximumEntropy" }""",
        };
        string[] steps = (string?)pipeline["task"] == "multiLabel" ? [trainer] : pipeline["task"] is null ? [features, """{ "type": "MapValueToKey", "output": "Label" }""", trainer] : [features, trainer];
        return [.. steps.Select(step => JsonNode.Parse(step))];
    }

    private static IEnumerable<string> Source(string name)
    {
        var kinds = _schema["properties"]!["data"]!["oneOf"]!.AsArray();
        return Members(kinds.Single(kind => (string?)kind!["properties"]?["type"]?["const"] == name)!);
    }

    private static IEnumerable<string> Members(JsonNode schema) => schema["properties"]!.AsObject().Select(member => member.Key);

    private static JsonObject Parse(string members) => JsonNode.Parse($"{{ {members} }}")!.AsObject();
}
