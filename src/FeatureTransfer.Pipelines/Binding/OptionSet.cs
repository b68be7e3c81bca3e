using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Json;

namespace FeatureTransfer.Pipelines.Binding;

/// <summary>
/// The options of one kind of object, each given once: name, format, documentation, how it is read from the object and put into it. Reading,
/// writing, the schema and the documentation all come from here.
/// </summary>
internal sealed class OptionSet<T>(Func<T> create)
    where T : class
{
    private readonly List<Entry> _entries = [];

    /// <summary>An object with the defaults.</summary>
    public T Create() => create();

    /// <summary>The options, described.</summary>
    public IReadOnlyList<OptionInfo> Describe()
    {
        T defaults = create();
        return [.. _entries.Select(e => new OptionInfo(
            e.Name, e.Expected(), e.Required ? null : e.Write(defaults)?.ToJsonString() ?? "null", e.Required, e.Description))];
    }

    /// <summary>Adds an option.</summary>
    public OptionSet<T> Add<V>(
        string name, ValueFormat<V> format, Func<T, V> get, Func<T, V, T> set, string description, bool required = false)
    {
        _entries.Add(new Entry(
            name,
            () => format.Expected,
            description,
            required,
            (target, node, context) => format.TryRead(node, context, out V? value) ? set(target, value) : target,
            source => format.Write(get(source)),
            format.Schema));
        return this;
    }

    /// <summary>Reads an object; faults go to the context. The names in <paramref name="ignored" /> are no options but known.</summary>
    public T Read(LocatedObject node, BindingContext context, params ReadOnlySpan<string> ignored)
    {
        T result = create();
        foreach (LocatedMember member in node.Members)
        {
            if (ignored.Contains(member.Name))
                continue;
            if (_entries.Find(e => e.Name == member.Name) is { } entry)
                result = entry.Read(result, member.Value, context);
            else
                Unknown(member, context);
        }

        foreach (Entry missing in _entries.Where(e => e.Required && node[e.Name] is null))
            context.Fault(node.Place, $"the option \"{missing.Name}\" is missing; expected {missing.Expected()}");
        return result;
    }

    /// <summary>Writes the options that differ from their defaults, and the required ones.</summary>
    public JsonObject Write(T value)
    {
        T defaults = create();
        var json = new JsonObject();
        foreach (Entry entry in _entries)
        {
            JsonNode? node = entry.Write(value);
            if (entry.Required || !JsonNode.DeepEquals(node, entry.Write(defaults)))
                json[entry.Name] = node;
        }

        return json;
    }

    /// <summary>The JSON schema of the object.</summary>
    public JsonObject Schema(string? typeName = null)
    {
        T defaults = create();
        var properties = new JsonObject();
        if (typeName is not null)
            properties["type"] = new JsonObject { ["const"] = typeName };
        foreach (Entry entry in _entries)
        {
            JsonObject schema = entry.Schema();
            schema["description"] = entry.Description;
            if (!entry.Required && entry.Write(defaults) is JsonValue or JsonArray { Count: 0 })
                schema["default"] = entry.Write(defaults);
            properties[entry.Name] = schema;
        }

        string[] required = [.. typeName is null ? [] : new[] { "type" }, .. _entries.Where(e => e.Required).Select(e => e.Name)];
        var json = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Length > 0)
            json["required"] = new JsonArray([.. required.Select(r => (JsonNode)r)]);
        return json;
    }

    private void Unknown(LocatedMember member, BindingContext context)
    {
        IEnumerable<string> known = _entries.Select(e => e.Name);
        context.Unknown.Add(member.NamePlace.Path);
        context.Fault(member.NamePlace, $"there is no option \"{member.Name}\"{Suggestion.For(member.Name, known)}; the options are {string.Join(", ", known)}");
    }

    private sealed record Entry(
        string Name,
        Func<string> Expected,
        string Description,
        bool Required,
        Func<T, LocatedNode, BindingContext, T> Read,
        Func<T, JsonNode?> Write,
        Func<JsonObject> Schema);
}
