using System.Text.Json;

namespace FeatureTransfer.Pipelines.Tests;

/// <summary>
/// Checks JSON against the part of JSON Schema (2020-12) that pipelines use, apart from the product's own reader.
/// A keyword that it does not know is an error, so that nothing passes unchecked.
/// </summary>
internal static class JsonSchemaCheck
{
    /// <summary>What is wrong, each with its path; empty when nothing is.</summary>
    public static IReadOnlyList<string> Faults(JsonElement schema, JsonElement value) => Faults(schema, schema, value, "$");

    private static IReadOnlyList<string> Faults(JsonElement root, JsonElement schema, JsonElement value, string path) =>
        [.. schema.EnumerateObject().SelectMany(keyword => Faults(root, schema, keyword, value, path))];

    private static IEnumerable<string> Faults(JsonElement root, JsonElement schema, JsonProperty keyword, JsonElement value, string path)
    {
        var rule = keyword.Value;
        return keyword.Name switch
        {
            "$schema" or "$defs" or "title" or "description" or "default" => [],
            "$ref" => Faults(root, Definition(root, rule.GetString()!), value, path),
            "type" => Unless(Types(rule).Any(type => IsOf(type, value)), $"{path} is {value.ValueKind}, not {rule}"),
            "const" => Unless(JsonElement.DeepEquals(rule, value), $"{path} is not {rule}"),
            "enum" => Unless(rule.EnumerateArray().Any(item => JsonElement.DeepEquals(item, value)), $"{path} is none of {rule}"),
            "oneOf" => Unless(rule.EnumerateArray().Count(item => Faults(root, item, value, path).Count == 0) == 1, $"{path} fits not exactly one form"),
            "anyOf" => Unless(rule.EnumerateArray().Any(item => Faults(root, item, value, path).Count == 0), $"{path} fits no form"),
            "minimum" => Unless(value.ValueKind != JsonValueKind.Number || value.GetDouble() >= rule.GetDouble(), $"{path} is below {rule}"),
            "maximum" => Unless(value.ValueKind != JsonValueKind.Number || value.GetDouble() <= rule.GetDouble(), $"{path} is above {rule}"),
            "exclusiveMinimum" => Unless(value.ValueKind != JsonValueKind.Number || value.GetDouble() > rule.GetDouble(), $"{path} is not above {rule}"),
            "exclusiveMaximum" => Unless(value.ValueKind != JsonValueKind.Number || value.GetDouble() < rule.GetDouble(), $"{path} is not below {rule}"),
            "minLength" => Unless(value.ValueKind != JsonValueKind.String || value.GetString()!.Length >= rule.GetInt32(), $"{path} is too short"),
            "minItems" => Unless(value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= rule.GetInt32(), $"{path} has too few items"),
            "items" => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany((item, i) => Faults(root, rule, item, $"{path}[{i}]")) : [],
            "required" => value.ValueKind == JsonValueKind.Object ? rule.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{path}.{name} is missing") : [],
            "properties" => value.ValueKind == JsonValueKind.Object ? rule.EnumerateObject().Where(member => value.TryGetProperty(member.Name, out _)).SelectMany(member => Faults(root, member.Value, value.GetProperty(member.Name), $"{path}.{member.Name}")) : [],
            "additionalProperties" => Additional(root, schema, rule, value, path),
            _ => throw new NotSupportedException($"The keyword '{keyword.Name}' is not known to this check."),
        };
    }

    private static JsonElement Definition(JsonElement root, string reference)
    {
        Assert.That(reference, Does.StartWith("#/"));
        return reference.Split('/').Skip(1).Aggregate(root, (node, name) => node.GetProperty(name));
    }

    private static IEnumerable<string> Additional(JsonElement root, JsonElement schema, JsonElement rule, JsonElement value, string path)
    {
        if (rule.ValueKind == JsonValueKind.Object)
            return value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().SelectMany(member => Faults(root, rule, member.Value, $"{path}.{member.Name}")) : [];
        Assert.That(rule.ValueKind, Is.EqualTo(JsonValueKind.False));
        return value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().Where(member => !schema.GetProperty("properties").TryGetProperty(member.Name, out _)).Select(member => $"{path}.{member.Name} is not known")
            : [];
    }

    private static IEnumerable<string> Unless(bool fine, string fault) => fine ? [] : [fault];

    private static IEnumerable<string> Types(JsonElement rule) =>
        rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().Select(type => type.GetString()!) : [rule.GetString()!];

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException($"The type '{type}' is not known to this check."),
    };
}
