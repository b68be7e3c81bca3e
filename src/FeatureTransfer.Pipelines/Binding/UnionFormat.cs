using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Json;

namespace FeatureTransfer.Pipelines.Binding;

/// <summary>One of the kinds that an object can have.</summary>
internal interface IUnionCase<TBase>
{
    string Name { get; }

    string Summary { get; }

    bool Holds(TBase value);

    TBase Read(LocatedObject node, BindingContext context);

    JsonObject Write(TBase value);

    JsonObject Schema();
}

/// <summary>A kind whose options are an <see cref="OptionSet{T}" />.</summary>
internal sealed class UnionCase<TBase, T>(string name, string summary, OptionSet<T> options) : IUnionCase<TBase>
    where T : class, TBase
{
    public string Name => name;

    public string Summary => summary;

    public bool Holds(TBase value) => value is not null && value.GetType() == typeof(T);

    public TBase Read(LocatedObject node, BindingContext context) => options.Read(node, context, "type");

    public JsonObject Write(TBase value)
    {
        var json = new JsonObject { ["type"] = name };
        foreach ((string key, JsonNode? node) in options.Write((T)value!).ToList())
            json[key] = node?.DeepClone();
        return json;
    }

    public JsonObject Schema()
    {
        JsonObject schema = options.Schema(name);
        schema["description"] = summary;
        return schema;
    }
}

/// <summary>An object whose member <c>type</c> says which options it has.</summary>
/// <param name="noun">What such an object is called.</param>
/// <param name="cases">The kinds.</param>
/// <param name="defined">Whether the schema of a kind stands once under <c>$defs</c>, by its name, and is referred to from here.</param>
internal sealed class UnionFormat<TBase>(string noun, IReadOnlyList<IUnionCase<TBase>> cases, bool defined = false) : ValueFormat<TBase>
    where TBase : class
{
    private IEnumerable<string> Names => cases.Select(c => c.Name);

    public override string Expected => $"an object with a \"type\", one of {string.Join(", ", Names)}";

    public override bool TryRead(LocatedNode node, BindingContext context, out TBase value)
    {
        value = null!;
        if (node is not LocatedObject o)
            return Mismatch(node, context);
        switch (o["type"])
        {
            case LocatedText text when cases.FirstOrDefault(c => c.Name == text.Value) is { } known:
                int before = context.Faults.Count;
                value = known.Read(o, context);
                return context.Faults.Count == before;
            case LocatedText text:
                context.Fault(
                    text.Place,
                    $"there is no {noun} \"{text.Value}\"{Suggestion.For(text.Value, Names)}; expected one of {string.Join(", ", Names)}");
                return false;
            case { } other:
                return Mismatch(other, context);
            default:
                context.Fault(node.Place, $"the member \"type\" is missing; expected one of {string.Join(", ", Names)}");
                return false;
        }
    }

    public override JsonNode? Write(TBase value) =>
        cases.FirstOrDefault(c => c.Holds(value))?.Write(value)
        ?? throw new FeatureTransferException(
            $"The {noun} {value.GetType().Name} is not one of the table, so it cannot be written as JSON; known are {string.Join(", ", Names)}.");

    public override JsonObject Schema() => new() { ["oneOf"] = new JsonArray([.. cases.Select(c => (JsonNode)(defined ? new JsonObject { ["$ref"] = $"#/$defs/{c.Name}" } : c.Schema()))]) };

    /// <summary>The schemas that <see cref="Schema" /> refers to.</summary>
    public JsonObject Definitions() => [.. cases.Select(c => KeyValuePair.Create<string, JsonNode?>(c.Name, c.Schema()))];
}
