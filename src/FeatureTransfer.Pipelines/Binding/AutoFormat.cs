using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Json;

namespace FeatureTransfer.Pipelines.Binding;

/// <summary>A value, or <c>"auto"</c> where it is to be chosen; null in code.</summary>
internal sealed class AutoFormat<T>(ValueFormat<T> inner) : ValueFormat<T?>
    where T : struct
{
    private const string Auto = "auto";

    public override string Expected => $"{inner.Expected}, or \"{Auto}\"";

    public override bool TryRead(LocatedNode node, BindingContext context, out T? value)
    {
        value = null;
        switch (node)
        {
            case LocatedText { Value: Auto }:
                return true;
            case LocatedText:
                return Mismatch(node, context);
            default:
                var read = inner.TryRead(node, context, out var given);
                value = read ? given : null;
                return read;
        }
    }

    public override JsonNode? Write(T? value) => value is { } given ? inner.Write(given) : JsonValue.Create(Auto);

    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(inner.Schema(), new JsonObject { ["const"] = Auto }) };
}
