using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines;

/// <summary>The JSON schema of pipelines, made from the table that the reader uses.</summary>
public static class PipelineSchema
{
    /// <summary>The schema as JSON.</summary>
    public static string Generate()
    {
        var schema = PipelineFormat.Root.Schema();
        schema["properties"]!["$schema"] = new JsonObject { ["type"] = "string", ["description"] = "The path of this schema, for editors" };
        schema["properties"]!["baseFolder"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["description"] = "The folder that relative paths start from, itself relative to this file's; without it that is this file's folder" };
        var target = schema["properties"]!["target"]!["properties"]!;
        target["data"] = new JsonObject { ["$ref"] = "#/properties/data", ["description"] = target["data"]!["description"]!.DeepClone() };
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "A FeatureTransfer pipeline");
        schema["$defs"] = StepTable.Format.Definitions();
        return PipelineWriter.Text(schema);
    }
}
