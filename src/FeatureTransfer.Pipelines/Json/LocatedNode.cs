using System.Text.Json.Nodes;

namespace FeatureTransfer.Pipelines.Json;

/// <summary>A JSON value that knows where it stands.</summary>
internal abstract record LocatedNode(JsonPlace Place)
{
    /// <summary>What kind of value it is, in words.</summary>
    public abstract string Kind { get; }

    /// <summary>The values within, each with its own place.</summary>
    public virtual IEnumerable<LocatedNode> Inner => [];

    /// <summary>The value without its place; null is JSON's null. Numbers have one form, however they were written.</summary>
    public abstract JsonNode? ToJson();

    /// <summary>The value with a path, itself or one within; null where there is none.</summary>
    public LocatedNode? Find(string path) => Place.Path == path ? this : Inner.Select(inner => inner.Find(path)).FirstOrDefault(found => found is not null);
}

/// <summary>An object; the members keep their order.</summary>
internal sealed record LocatedObject(JsonPlace Place, IReadOnlyList<LocatedMember> Members) : LocatedNode(Place)
{
    public override string Kind => "an object";

    public override JsonNode? ToJson() => new JsonObject(Members.Select(member => KeyValuePair.Create(member.Name, member.Value.ToJson())));

    public override IEnumerable<LocatedNode> Inner => Members.Select(member => member.Value);

    public LocatedNode? this[string name] => Members.FirstOrDefault(m => m.Name == name)?.Value;
}

/// <summary>A member of an object; the place is that of the name.</summary>
internal sealed record LocatedMember(string Name, JsonPlace NamePlace, LocatedNode Value);

/// <summary>An array.</summary>
internal sealed record LocatedArray(JsonPlace Place, IReadOnlyList<LocatedNode> Items) : LocatedNode(Place)
{
    public override string Kind => "an array";

    public override JsonNode? ToJson() => new JsonArray([.. Items.Select(item => item.ToJson())]);

    public override IEnumerable<LocatedNode> Inner => Items;
}

/// <summary>A string.</summary>
internal sealed record LocatedText(JsonPlace Place, string Value) : LocatedNode(Place)
{
    public override string Kind => "a string";

    public override JsonNode? ToJson() => JsonValue.Create(Value);
}

/// <summary>A number, as written.</summary>
internal sealed record LocatedNumber(JsonPlace Place, string Literal) : LocatedNode(Place)
{
    public override string Kind => "a number";

    public override JsonNode? ToJson() => long.TryParse(Literal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? JsonValue.Create(whole) : JsonValue.Create(double.Parse(Literal, CultureInfo.InvariantCulture));
}

/// <summary>True or false.</summary>
internal sealed record LocatedBoolean(JsonPlace Place, bool Value) : LocatedNode(Place)
{
    public override string Kind => "true or false";

    public override JsonNode? ToJson() => JsonValue.Create(Value);
}

/// <summary>Null.</summary>
internal sealed record LocatedNull(JsonPlace Place) : LocatedNode(Place)
{
    public override string Kind => "null";

    public override JsonNode? ToJson() => null;
}
