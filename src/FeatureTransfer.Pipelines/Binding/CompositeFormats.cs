using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Json;

namespace FeatureTransfer.Pipelines.Binding;

/// <summary>A value or JSON's null.</summary>
internal sealed class OptionalFormat<T>(ValueFormat<T> inner) : ValueFormat<T?>
    where T : class
{
    public override string Expected => inner.Expected + " or null";

    public override bool TryRead(LocatedNode node, BindingContext context, out T? value)
    {
        value = null;
        return node is LocatedNull || inner.TryRead(node, context, out value);
    }

    public override JsonNode? Write(T? value) => value is null ? null : inner.Write(value);

    public override JsonObject Schema() => SchemaNodes.OrNull(inner.Schema());
}

/// <summary>A value of a value type or JSON's null.</summary>
internal sealed class OptionalValueFormat<T>(ValueFormat<T> inner) : ValueFormat<T?>
    where T : struct
{
    public override string Expected => inner.Expected + " or null";

    public override bool TryRead(LocatedNode node, BindingContext context, out T? value)
    {
        value = null;
        if (node is LocatedNull)
            return true;
        if (!inner.TryRead(node, context, out T read))
            return false;
        value = read;
        return true;
    }

    public override JsonNode? Write(T? value) => value is { } present ? inner.Write(present) : null;

    public override JsonObject Schema() => SchemaNodes.OrNull(inner.Schema());
}

/// <summary>A list of values.</summary>
internal sealed class ListFormat<T>(ValueFormat<T> item, int minimumCount = 0) : ValueFormat<ValueList<T>>
{
    public override string Expected => minimumCount switch
    {
        0 => $"a list, each entry {item.Expected}",
        1 => $"a list that is not empty, each entry {item.Expected}",
        _ => string.Create(CultureInfo.InvariantCulture, $"a list of {minimumCount} or more, each entry {item.Expected}"),
    };

    public override bool TryRead(LocatedNode node, BindingContext context, out ValueList<T> value)
    {
        value = [];
        if (node is not LocatedArray array || array.Items.Count < minimumCount)
            return Mismatch(node, context);
        var items = new List<T>();
        bool all = true;
        foreach (LocatedNode child in array.Items)
        {
            if (item.TryRead(child, context, out T? read))
                items.Add(read);
            else
                all = false;
        }

        value = items.ToValueList();
        return all;
    }

    public override JsonNode? Write(ValueList<T> value) => new JsonArray([.. value.Select(item.Write)]);

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = item.Schema() };
        if (minimumCount > 0)
            schema["minItems"] = minimumCount;
        return schema;
    }
}

/// <summary>An object with options of its own.</summary>
internal sealed class NestedFormat<T>(OptionSet<T> options) : ValueFormat<T>
    where T : class
{
    public override string Expected => "an object";

    public override bool TryRead(LocatedNode node, BindingContext context, out T value)
    {
        value = options.Create();
        if (node is not LocatedObject o)
            return Mismatch(node, context);
        int before = context.Faults.Count;
        value = options.Read(o, context);
        return context.Faults.Count == before;
    }

    public override JsonNode? Write(T value) => options.Write(value);

    public override JsonObject Schema() => options.Schema();
}

/// <summary>The path of a file or folder, relative to the pipeline's file. One of the command line may start at the current folder, as a shell completes it.</summary>
internal sealed class PathFormat : ValueFormat<string>
{
    public override string Expected => "the path of a file or folder, relative to this file, or npm:PACKAGE@VERSION/path";

    public override bool TryRead(LocatedNode node, BindingContext context, out string value)
    {
        value = (node as LocatedText)?.Value ?? "";
        if (value.Length == 0)
            return Mismatch(node, context);
        if (PathOverride.IsOne(node.Place) && NpmPath.Of(value) is null && Path.Exists(value))
            value = Path.GetFullPath(value);
        return !context.CheckFiles || Exists(value, node.Place, context);
    }

    // What would read the environment is written so that it does not.
    public override JsonNode? Write(string value) => JsonValue.Create(value.Replace("${", "$${", StringComparison.Ordinal));

    public override JsonObject Schema() => new() { ["type"] = "string", ["minLength"] = 1 };

    private static bool Exists(string path, JsonPlace place, BindingContext context)
    {
        try
        {
            // What npm has yet to bring cannot be looked at.
            if (PipelinePaths.Find(path, context.BaseFolder) is not { } full || Path.Exists(full))
                return true;
            context.Fault(place, $"there is no file or folder {full}; give a path that exists, absolute or relative to this file");
        }
        catch (FeatureTransferException e)
        {
            context.Fault(place, e.Message);
        }

        return false;
    }
}

/// <summary>Small pieces of JSON schemas.</summary>
internal static class SchemaNodes
{
    /// <summary>The schema widened by null.</summary>
    public static JsonObject OrNull(JsonObject schema)
    {
        if (schema["type"] is JsonValue type)
        {
            schema["type"] = new JsonArray(type.GetValue<string>(), "null");
            return schema;
        }

        return new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
    }
}
