using System.Text.Json;
using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Tests;

/// <summary>The schema that is published, the reader, and the writer agree.</summary>
public class PipelineSchemaTests
{
    private const string Data = """ "data": { "type": "csv", "path": "x.csv" } """;
    private const string Chain = """ "estimators": [ { "type": "LbfgsMaximumEntropy" } ] """;
    private const string Reaching = """ "estimators": [ { "type": "ExtractFeatures", "backbone": "b" }, { "type": "LbfgsMaximumEntropy" } ] """;
    private static readonly JsonElement _schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Reference.Root, "pipelines", "pipeline.schema.json"))).RootElement;
    private static readonly JsonDocumentOptions _comments = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly string[] _right =
    [
        $"{{ {Data}, {Chain} }}",
        $$"""{ "$schema": "pipeline.schema.json", "name": "n", "description": "", "seed": -3, {{Data}}, {{Chain}} }""",
        $$"""{ {{Data}}, {{Chain}}, "split": { "testFraction": 0, "folds": 0, "groupColumn": null } }""",
        $$"""{ {{Data}}, "estimators": [ { "type": "ExtractFeatures", "backbone": "b", "layers": ["a"], "pooling": "gem", "preprocessing": { "resize": "pad" } } ] }""",
        $$"""{ {{Data}}, "estimators": [ { "type": "ExtractFeatures", "backbone": "b", "batchSize": "auto", "decodeThreads": 2, "sessions": "auto" } ] }""",
        $$"""{ "data": { "type": "list", "items": [ { "path": "1", "label": "a" } ] }, {{Chain}} }""",
        $$"""{ {{Data}}, "estimators": [ { "type": "OneVersusAll", "binaryEstimator": { "type": "LightGbm", "booster": { "type": "DartBooster", "uniformDrop": true } } } ] }""",
        $$"""{ {{Data}}, {{Reaching}}, "target": { {{Data}}, "methods": ["coral", "optimalTransport"], "weights": ["kliep"], "models": ["adaBN", "joint", "targetOnly", "trAdaBoost"], "testFraction": 0.5, "significance": 0.05 } }""",
        $$"""{ {{Data}}, {{Chain}}, "target": null }""",
        $$"""{ {{Data}}, {{Chain}}, "baseFolder": "..", "search": { "options": { "estimators[0].l2Regularization": { "from": 0.1, "to": 1 }, "estimators[0].l1Regularization": [0, 1] }, "minutes": 0.5 } }""",
    ];

    private static readonly string[] _wrong =
    [
        "[]",
        "{}",
        $"{{ {Data} }}",
        $"{{ {Chain} }}",
        $$"""{ {{Data}}, "estimators": [] }""",
        $$"""{ {{Data}}, "estimators": [ { "type": "ExtractFeature", "backbone": "b" } ] }""",
        $$"""{ {{Data}}, "estimators": [ { "backbone": "b" } ] }""",
        $$"""{ {{Data}}, "estimators": [ { "type": "ExtractFeatures" } ] }""",
        $$"""{ {{Data}}, "estimators": [ { "type": "ExtractFeatures", "backbone": 3 } ] }""",
        $$"""{ {{Data}}, "estimators": [ { "type": "ExtractFeatures", "backbone": "b", "bakbone": "b" } ] }""",
        $$"""{ {{Data}}, "estimators": [ { "type": "ExtractFeatures", "backbone": "b", "pooling": "mean" } ] }""",
        $$"""{ {{Data}}, "estimators": [ { "type": "ExtractFeatures", "backbone": "b", "layers": "block_4" } ] }""",
        $$"""{ {{Data}}, "estimators": [ { "type": "ExtractFeatures", "backbone": "b", "batchSize": "Auto" } ] }""",
        $$"""{ {{Data}}, "estimators": [ { "type": "ExtractFeatures", "backbone": "b", "sessions": 0 } ] }""",
        $$"""{ {{Data}}, "estimators": [ { "type": "OneVersusAll", "binaryEstimator": { "type": "NaiveBayes" } } ] }""",
        $$"""{ {{Data}}, "estimators": [ { "type": "OneVersusAll", "binaryEstimator": { "type": "FastTree", "numberOfTrees": 0 } } ] }""",
        $$"""{ {{Data}}, "estimators": [ { "type": "LightGbm", "booster": { "type": "GradientBooster", "uniformDrop": true } } ] }""",
        $$"""{ {{Data}}, {{Chain}}, "split": { "testFraction": 1 } }""",
        $$"""{ {{Data}}, {{Chain}}, "split": { "testFraction": -0.1 } }""",
        $$"""{ {{Data}}, {{Chain}}, "split": { "folds": 2.5 } }""",
        $$"""{ {{Data}}, {{Chain}}, "split": { "folds": "five" } }""",
        $$"""{ {{Data}}, {{Chain}}, "split": [] }""",
        $$"""{ {{Data}}, {{Chain}}, "sed": 1 }""",
        $$"""{ {{Data}}, {{Chain}}, "baseFolder": 1 }""",
        $$"""{ {{Data}}, {{Chain}}, "search": {} }""",
        $$"""{ {{Data}}, {{Chain}}, "search": { "options": { "estimators[0].l2Regularization": [] } } }""",
        $$"""{ {{Data}}, {{Chain}}, "search": { "options": { "estimators[0].l2Regularization": { "from": 1 } } } }""",
        $$"""{ {{Data}}, {{Chain}}, "search": { "options": { "estimators[0].l2Regularization": 1 } } }""",
        $$"""{ {{Data}}, {{Chain}}, "search": { "options": { "estimators[0].l2Regularization": [1] }, "minutes": 0 } }""",
        $$"""{ {{Data}}, {{Reaching}}, "target": { "methods": ["coral"] } }""",
        $$"""{ {{Data}}, {{Reaching}}, "target": { {{Data}}, "methods": ["corall"] } }""",
        $$"""{ {{Data}}, {{Reaching}}, "target": { {{Data}}, "methods": "coral" } }""",
        $$"""{ {{Data}}, {{Reaching}}, "target": { {{Data}}, "testFraction": 0 } }""",
        $$"""{ {{Data}}, {{Reaching}}, "target": { {{Data}}, "significance": 1 } }""",
        $$"""{ {{Data}}, {{Reaching}}, "target": { "data": { "type": "csv" } } }""",
        $$"""{ {{Data}}, {{Chain}}, "name": "" }""",
        $$"""{ "data": { "type": "cvs", "path": "x" }, {{Chain}} }""",
        $$"""{ "data": { "type": "csv" }, {{Chain}} }""",
        $$"""{ "data": { "type": "csv", "path": "x", "limit": 0 }, {{Chain}} }""",
        $$"""{ "data": { "type": "list", "items": [] }, {{Chain}} }""",
        $$"""{ "data": { "type": "list", "items": [ { "path": "1" } ] }, {{Chain}} }""",
    ];

    private static IEnumerable<string> Shipped => Directory.EnumerateFiles(Path.Combine(Reference.Root, "pipelines"), "*.json").Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal));

    [Test]
    public void Schema_ShippedPipelines_AreRightAndNameIt([ValueSource(nameof(Shipped))] string file)
    {
        using var pipeline = JsonDocument.Parse(File.ReadAllText(file), _comments);
        Assert.That(JsonSchemaCheck.Faults(_schema, pipeline.RootElement), Is.Empty);
        Assert.That(Path.GetFullPath(pipeline.RootElement.GetProperty("$schema").GetString()!, Path.GetDirectoryName(file)!), Does.Exist);
    }

    [Test]
    public void Schema_WhatTheWriterWrites_IsRight([ValueSource(typeof(PipelineBuilderTests), nameof(PipelineBuilderTests.Sources))] DataSource data)
    {
        using var pipeline = JsonDocument.Parse(PipelineWriter.ToJson(PipelineBuilderTests.Everything(data)));
        Assert.That(JsonSchemaCheck.Faults(_schema, pipeline.RootElement), Is.Empty);
    }

    [TestCaseSource(nameof(_right))]
    public void Schema_RightPipeline_IsRightToTheReaderToo(string json)
    {
        Assert.That(() => PipelineReader.Parse(json, "p.json"), Throws.Nothing);
        Assert.That(JsonSchemaCheck.Faults(_schema, JsonDocument.Parse(json).RootElement), Is.Empty);
    }

    [TestCaseSource(nameof(_wrong))]
    public void Schema_WrongPipeline_IsWrongToTheReaderToo(string json)
    {
        Assert.That(() => PipelineReader.Parse(json, "p.json"), Throws.TypeOf<PipelineFormatException>().With.Message.Contains("p.json(1,"));
        Assert.That(JsonSchemaCheck.Faults(_schema, JsonDocument.Parse(json).RootElement), Is.Not.Empty);
    }
}
