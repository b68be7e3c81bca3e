using FeatureTransfer.Pipelines.Json;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>An option of a search whose form is right: it gives values, and puts them into a chain.</summary>
/// <param name="Option">What is tried.</param>
/// <param name="Segments">The names and numbers of its path.</param>
internal sealed record SpaceOption(SearchedOption Option, IReadOnlyList<object> Segments)
{
    /// <summary>Where the options of a search are.</summary>
    public const string Root = "$.search.options";

    /// <summary>Where it is in the pipeline's file.</summary>
    public string Place => LocatedJson.MemberPath(Root, Option.Path);

    /// <summary>How many values there are; null where they are numbers of a range.</summary>
    public int? Count => Option.Range is null ? Option.Values.Count : null;

    /// <summary>The values whose form is worth a look: all of a list; of a range the ends and a number that is not whole, unless all are.</summary>
    public IReadOnlyList<SpaceValue> Samples => Option.Range is null
        ? [.. Option.Values.Select((_, i) => At(i))]
        : [.. new[] { 0, 0.37, 1 }.Select(OfRange)];

    /// <summary>Whether it lies within another one, such as an option of a step that is tried itself.</summary>
    public bool IsWithin(SpaceOption other) => other.Segments.Count < Segments.Count && other.Segments.SequenceEqual(Segments.Take(other.Segments.Count));

    /// <summary>A value of a list.</summary>
    public SpaceValue At(int number) => new(this, Option.Values[number], LocatedJson.ItemPath(Place, number));

    /// <summary>Any value.</summary>
    public SpaceValue Draw(Random random) => Option.Range is null ? At(random.Next(Option.Values.Count)) : OfRange(random.NextDouble());

    /// <summary>Whether reading a chain found that it has no such option.</summary>
    public bool IsUnknownTo(BindingContext context)
    {
        var path = "$";
        foreach (var segment in Segments)
        {
            path = segment is int index ? LocatedJson.ItemPath(path, index) : LocatedJson.MemberPath(path, (string)segment);
            if (context.Unknown.Contains(path))
                return true;
        }

        return false;
    }

    private SpaceValue OfRange(double share) => new(this, Option.Range!.At(share).ToString("R", CultureInfo.InvariantCulture), Place);
}

/// <summary>A value of an option.</summary>
/// <param name="Option">The option.</param>
/// <param name="Json">The value.</param>
/// <param name="Place">Where it is in the pipeline's file.</param>
internal sealed record SpaceValue(SpaceOption Option, string Json, string Place)
{
    /// <summary>The chain with the value in it.</summary>
    /// <exception cref="PipelineFormatException">Its path leads nowhere.</exception>
    public LocatedNode Apply(LocatedNode root) => new PathOverride(Option.Segments, PathOverride.Move(LocatedJson.Parse(Json, "search"), Place), Json).Apply(root);
}
