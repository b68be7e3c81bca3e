using System.Text.Json;
using System.Text.RegularExpressions;

namespace FeatureTransfer.Pipelines.Json;

/// <summary>One <c>path=value</c> of the command line, laid over the tree of a file.</summary>
internal sealed partial record PathOverride(IReadOnlyList<object> Segments, LocatedNode Value, string Text)
{
    private const string Origin = "--set ";

    private JsonPlace Place => Value.Place;

    /// <summary>Whether a place is on the command line.</summary>
    public static bool IsOne(JsonPlace place) => place.File.StartsWith(Origin, StringComparison.Ordinal);

    /// <summary>Reads a path of names and [indexes] and a value, which is JSON or else a string.</summary>
    /// <exception cref="PipelineFormatException">There is no path or no equals sign.</exception>
    public static PathOverride Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string path = equals < 0 ? "" : text[..equals].Trim();
        var place = new JsonPlace(Origin + text, "$." + path, 1, 1);
        if (!PathPattern().IsMatch(path))
        {
            throw new PipelineFormatException([new PipelineFault(
                place, "expected path=value, such as data.path=photos or estimators[0].backbone=resnet_18.mlnet")]);
        }

        return new PathOverride(Split(path), ParseValue(text[(equals + 1)..], place), text);
    }

    /// <summary>The segments of a path, names and numbers; null where it is none.</summary>
    public static IReadOnlyList<object>? Segmented(string path) => PathPattern().IsMatch(path) ? Split(path) : null;

    /// <summary>The tree with the value in its place; objects on the way are made where they are missing.</summary>
    /// <exception cref="PipelineFormatException">The path leads through something that is not an object or a list.</exception>
    public LocatedNode Apply(LocatedNode root) => Apply(root, 0, "$");

    private LocatedNode Apply(LocatedNode? node, int depth, string path)
    {
        if (depth == Segments.Count)
            return Value;
        return Segments[depth] switch
        {
            int index when node is LocatedArray array => ApplyItem(array, index, depth, path),
            int => throw Fault($"{path} is {node?.Kind ?? "missing"}, so [{Segments[depth]}] leads nowhere; expected an array there"),
            string name when node is LocatedObject or LocatedNull or null => ApplyMember(node as LocatedObject, name, depth, path),
            _ => throw Fault($"{path} is {node!.Kind}, so {Segments[depth]} leads nowhere; expected an object there"),
        };
    }

    private LocatedArray ApplyItem(LocatedArray array, int index, int depth, string path)
    {
        if (index > array.Items.Count)
            throw Fault($"{path} has {array.Items.Count} entries, so the index {index} is out of range; expected 0 to {array.Items.Count}");
        var items = array.Items.ToList();
        LocatedNode value = Apply(index < items.Count ? items[index] : null, depth + 1, LocatedJson.ItemPath(path, index));
        if (index < items.Count)
            items[index] = value;
        else
            items.Add(value);
        return array with { Items = items };
    }

    private LocatedObject ApplyMember(LocatedObject? node, string name, int depth, string path)
    {
        string inner = LocatedJson.MemberPath(path, name);
        var members = node?.Members.ToList() ?? [];
        int at = members.FindIndex(m => m.Name == name);
        var member = new LocatedMember(name, Place with { Path = inner }, Apply(at < 0 ? null : members[at].Value, depth + 1, inner));
        if (at < 0)
            members.Add(member);
        else
            members[at] = member;
        return new LocatedObject(node?.Place ?? (Place with { Path = path }), members);
    }

    private static List<object> Split(string path) =>
    [
        .. SegmentPattern().Matches(path).Select(m => m.Groups["index"].Success ? (object)int.Parse(m.Groups["index"].Value, CultureInfo.InvariantCulture) : m.Value),
    ];

    private static LocatedNode ParseValue(string value, JsonPlace place)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(value);
        }
        catch (JsonException)
        {
            return new LocatedText(place, value);
        }

        return Move(LocatedJson.Parse(value, place.File), place.Path);
    }

    /// <summary>A value that was read alone, with the path that it has elsewhere.</summary>
    public static LocatedNode Move(LocatedNode node, string path) => node switch
    {
        LocatedArray array => array with { Place = Moved(node, path), Items = [.. array.Items.Select(i => Move(i, path))] },
        LocatedObject o => new LocatedObject(
            Moved(node, path), [.. o.Members.Select(m => m with { NamePlace = m.NamePlace with { Path = path + m.NamePlace.Path[1..] }, Value = Move(m.Value, path) })]),
        _ => node with { Place = Moved(node, path) },
    };

    private static JsonPlace Moved(LocatedNode node, string path) => node.Place with { Path = path + node.Place.Path[1..] };

    private PipelineFormatException Fault(string message) => new([new PipelineFault(Place, message)]);

    [GeneratedRegex(@"^[A-Za-z_$][\w$]*(\[\d+\]|\.[A-Za-z_$][\w$]*)*$")]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"\[(?<index>\d+)\]|[A-Za-z_$][\w$]*")]
    private static partial Regex SegmentPattern();
}
