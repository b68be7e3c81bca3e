namespace FeatureTransfer.Cascades;

/// <summary>A value that a stage reads or gives.</summary>
/// <param name="Name">Its name within the cascade.</param>
/// <param name="Kind">What it is.</param>
public sealed record CascadePort(string Name, CascadeKind Kind)
{
    /// <summary>A tensor's sizes, outermost first; null is any size. Default, and empty: nothing is said of them.</summary>
    public ValueList<long?> Shape { get; init; } = [];

    /// <summary>Whether a value of this port can go into another.</summary>
    public bool Fits(CascadePort other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Kind == other.Kind
            && (Shape.Count == 0 || other.Shape.Count == 0 || (Shape.Count == other.Shape.Count && Shape.Zip(other.Shape).All(pair => pair.First is null || pair.Second is null || pair.First == pair.Second)));
    }

    /// <summary>The port in words.</summary>
    public override string ToString() => Kind == CascadeKind.Boxes
        ? $"'{Name}': boxes (n, 4)"
        : $"'{Name}': {Kind.ToString().ToLowerInvariant()}{(Shape.Count == 0 ? "" : $" ({string.Join(", ", Shape.Select(size => size?.ToString(CultureInfo.InvariantCulture) ?? "?"))})")}";
}
