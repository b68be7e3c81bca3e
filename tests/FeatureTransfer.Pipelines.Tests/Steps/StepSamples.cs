using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Binding;
using FeatureTransfer.Pipelines.Json;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Steps;

/// <summary>Makes values for options of what the schema says of them, so that a new step is tested without a word.</summary>
internal static class StepSamples
{
    private static readonly JsonObject _definitions = JsonNode.Parse(PipelineSchema.Generate())!["$defs"]!.AsObject();

    /// <summary>The schema of a step.</summary>
    public static JsonObject Schema(string step) => _definitions[step]!.AsObject();

    /// <summary>A step with its required options and those named, none at its default.</summary>
    public static JsonObject Step(string step, Func<string, bool> wanted) => Object(Schema(step), wanted);

    /// <summary>A value of an option that is not its default.</summary>
    public static JsonNode Option(string step, string option) => Value(Property(step, option));

    /// <summary>The members of an option that is an object, or the kinds of a list of such.</summary>
    public static IReadOnlyList<string> Members(string step, string option) => Property(step, option) switch
    {
        { } kinds when Kinds(kinds) is { } some => [.. some.Select(KindOf)],
        { } schema when schema["properties"] is JsonObject members => [.. members.Select(member => member.Key)],
        _ => [],
    };

    /// <summary>An option with one member, or a list with one kind.</summary>
    public static JsonNode Member(string step, string option, string member)
    {
        var schema = Property(step, option);
        return Kinds(schema) is { } kinds
            ? new JsonArray(Object(kinds.First(kind => KindOf(kind) == member), _ => true))
            : new JsonObject { [member] = Value(schema["properties"]![member]!.AsObject()) };
    }

    private static JsonObject Property(string step, string option) => Schema(step)["properties"]![option]!.AsObject();

    private static IReadOnlyList<JsonObject>? Kinds(JsonObject schema) =>
        (schema["items"] as JsonObject)?["oneOf"] is JsonArray kinds ? [.. kinds.Select(kind => kind!.AsObject())] : null;

    private static string KindOf(JsonObject kind) => (string)kind["properties"]!["type"]!["const"]!;

    private static JsonObject Object(JsonObject schema, Func<string, bool> wanted)
    {
        var required = schema["required"]?.AsArray().Select(name => (string)name!).ToList() ?? [];
        return new JsonObject(schema["properties"]!.AsObject()
            .Where(property => required.Contains(property.Key) || wanted(property.Key))
            .Select(property => KeyValuePair.Create<string, JsonNode?>(property.Key, Value(property.Value!.AsObject()))));
    }

    private static JsonNode Value(JsonObject schema)
    {
        if (schema["$ref"] is { } reference)
            return Object(Schema(((string)reference!).Split('/')[^1]), _ => true);
        if (schema["const"] is { } constant)
            return constant.DeepClone();
        if (schema["enum"] is JsonArray names)
            return names.First(name => !JsonNode.DeepEquals(name, schema["default"]))!.DeepClone();
        if (schema["anyOf"] is JsonArray any)
            return Value(any[0]!.AsObject());
        if (schema["oneOf"] is JsonArray one)
            return Value(one[^1]!.AsObject());
        var kind = (string)(schema["type"] is JsonArray kinds ? kinds[0]! : schema["type"]!)!;
        return kind switch
        {
            "boolean" => !((bool?)schema["default"] ?? false),
            "integer" => Whole((long?)schema["default"], (long?)schema["minimum"] ?? 0, (long?)schema["maximum"] ?? long.MaxValue),
            "number" => Math.Max((double?)schema["minimum"] ?? 0, (double?)schema["default"] == 0.5 ? 0.25 : 0.5),
            "string" => schema["examples"]?[0]!.DeepClone() ?? "other",
            "array" => new JsonArray([.. Enumerable.Range(0, (int?)schema["minItems"] ?? 1).Select(_ => Value(schema["items"]!.AsObject()))]),
            "object" => Object(schema, _ => true),
            _ => throw new NotSupportedException(kind),
        };
    }

    private static JsonNode Whole(long? ordinary, long minimum, long maximum) => ordinary is { } value
        ? value < maximum && value < int.MaxValue ? value + 1 : value - 1
        : minimum + 1;

    /// <summary>A step read from JSON by the format alone: whether it has a place in a pipeline of some task is another matter.</summary>
    public static PipelineStep Read(JsonObject step)
    {
        var context = new BindingContext(null, false);
        Assert.That(StepTable.Format.TryRead(LocatedJson.Parse(step.ToJsonString(), "p.json"), context, out var read), string.Join('\n', context.Faults));
        Assert.That(context.Faults, Is.Empty);
        return read!;
    }
}
