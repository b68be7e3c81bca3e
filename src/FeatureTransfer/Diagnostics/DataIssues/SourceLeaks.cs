namespace FeatureTransfer.Diagnostics;

/// <summary>A label that can be told by where its rows come from: a model may learn that, and be of no use elsewhere.</summary>
/// <param name="Property">What tells it, such as <c>size</c>.</param>
/// <param name="Value">The value of it.</param>
/// <param name="Label">The label.</param>
/// <param name="Rows">The rows with that value.</param>
/// <param name="Share">The share of these that have the label.</param>
/// <param name="Covered">The share of the label's rows that have the value.</param>
public sealed record SourceLeak(string Property, string Value, string Label, int Rows, double Share, double Covered);

/// <summary>Finds labels that can be told by a property of their files.</summary>
public static class SourceLeaks
{
    private const int LeastRows = 10;
    private const double LeastShare = 0.9;
    private const double LeastCovered = 0.5;
    private const double LeastGain = 0.3;

    /// <summary>The leaks, those of most rows first: values of ten rows or more, nine tenths of which have one label, half of whose rows they are, and three tenths more than its share of all rows.</summary>
    /// <param name="properties">The properties by name, each with a value a row; an empty one is unknown.</param>
    /// <param name="labels">The label of each row.</param>
    /// <exception cref="ArgumentException">A property has not one value a row.</exception>
    public static IReadOnlyList<SourceLeak> Find(IReadOnlyDictionary<string, IReadOnlyList<string>> properties, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(properties);
        ArgumentNullException.ThrowIfNull(labels);
        var counts = labels.CountBy(label => label, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return [.. properties.SelectMany(property => Of(property.Key, property.Value, labels, counts)).OrderByDescending(leak => leak.Rows).ThenBy(leak => leak.Property, StringComparer.Ordinal)];
    }

    private static IEnumerable<SourceLeak> Of(string property, IReadOnlyList<string> values, IReadOnlyList<string> labels, Dictionary<string, int> counts)
    {
        if (values.Count != labels.Count)
            throw new ArgumentException($"The property '{property}' has {values.Count} values, and there are {labels.Count} labels. Expected one value a row.");
        return
            from rows in Enumerable.Range(0, labels.Count).Where(row => values[row].Length > 0).GroupBy(row => values[row], StringComparer.Ordinal)
            let size = rows.Count()
            where size >= LeastRows
            from label in rows.CountBy(row => labels[row], StringComparer.Ordinal)
            let share = label.Value / (double)size
            let covered = label.Value / (double)counts[label.Key]
            where share >= LeastShare && covered >= LeastCovered && share - (counts[label.Key] / (double)labels.Count) >= LeastGain
            select new SourceLeak(property, rows.Key, label.Key, size, share, covered);
    }
}
