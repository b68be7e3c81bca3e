using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Json;

namespace FeatureTransfer.Pipelines;

/// <summary>The options of a search in JSON: an object whose members are paths, each with a list of values or a range.</summary>
internal sealed class SearchFormat : ValueFormat<ValueList<SearchedOption>>
{
    private static readonly NumberFormat _number = new(double.NegativeInfinity, double.PositiveInfinity);

    private static readonly NestedFormat<SearchRange> _range = new(new OptionSet<SearchRange>(() => new SearchRange())
        .Add("from", _number, r => r.From, (r, v) => r with { From = v }, "The least number", required: true)
        .Add("to", _number, r => r.To, (r, v) => r with { To = v }, "The greatest number", required: true)
        .Add("scale", new EnumFormat<SearchScale>(), r => r.Scale, (r, v) => r with { Scale = v }, "How numbers are drawn: linear, or log for as many from 0.001 to 0.01 as from 1 to 10")
        .Add("whole", new BooleanFormat(), r => r.Whole, (r, v) => r with { Whole = v }, "Whether they are whole numbers"));

    public override string Expected => "an object of paths such as \"estimators[0].layers\", each with a list of values or a range {\"from\", \"to\"}";

    public override bool TryRead(LocatedNode node, BindingContext context, out ValueList<SearchedOption> value)
    {
        value = [];
        if (node is not LocatedObject { Members.Count: > 0 } paths)
            return Mismatch(node, context);
        var before = context.Faults.Count;
        value = [.. paths.Members.Select(member => Option(member, context))];
        return context.Faults.Count == before;
    }

    // What would read the environment is written so that it does not.
    public override JsonNode? Write(ValueList<SearchedOption> value) => new JsonObject(value.Select(option => KeyValuePair.Create<string, JsonNode?>(
        option.Path,
        option.Range is { } range ? _range.Write(range) : new JsonArray([.. option.Values.Select(text => JsonNode.Parse(text.Replace("${", "$${", StringComparison.Ordinal)))]))));

    public override JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "array", ["minItems"] = 1 }, _range.Schema()) },
    };

    private SearchedOption Option(LocatedMember member, BindingContext context)
    {
        var option = new SearchedOption { Path = member.Name };
        switch (member.Value)
        {
            case LocatedArray { Items.Count: > 0 } values:
                return option with { Values = [.. values.Items.Select(item => SearchedOption.Text(item.ToJson()))] };
            case LocatedObject when _range.TryRead(member.Value, context, out var range):
                return option with { Range = range };
            case LocatedObject:
                return option;
            default:
                Mismatch(member.Value, context);
                return option;
        }
    }
}
