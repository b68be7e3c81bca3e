using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Rows with the very same image and numbers. One that trains beside its copy that tests would make the result too good.</summary>
internal static class RowCopies
{
    /// <summary>The column that names the copies of a row, empty where there are none; there is none where no row has any.</summary>
    public const string Column = "FeatureTransfer.Copies";

    /// <summary>The table with <see cref="Column" />, where it has copies.</summary>
    /// <param name="table">The rows that can be used.</param>
    /// <param name="source">The rows of the source.</param>
    /// <param name="keys">A key of each row of the source, by its content; null where it could not be read.</param>
    public static Table Mark(Table table, SourceRows source, IReadOnlyList<ulong?> keys)
    {
        // Rows of numbers alone are often alike without being copies.
        if (table.Text(DataSource.PathColumn) is not { } names)
            return table;
        var byName = new Dictionary<string, ulong?>(StringComparer.Ordinal);
        for (var row = 0; row < source.Rows.Count; row++)
            byName[source.Rows[row].Path ?? ""] = keys[row];
        var own = table.Count == keys.Count ? keys : [.. names.Select(name => byName.GetValueOrDefault(name))];
        var repeated = own.OfType<ulong>().CountBy(key => key).Where(key => key.Value > 1).Select(key => key.Key).ToHashSet();
        return repeated.Count == 0
            ? table
            : table.With(Column, [.. own.Select(key => key is { } known && repeated.Contains(known) ? known.ToString("x16", CultureInfo.InvariantCulture) : "")]);
    }

    /// <summary>What a user ought to know of them.</summary>
    public static IEnumerable<string> Notes(Table table, IReadOnlyList<string> labels)
    {
        if (table.Text(Column) is not { } copies)
            yield break;
        var names = table.Text(DataSource.PathColumn)!;
        var images = Enumerable.Range(0, table.Count).Where(row => copies[row].Length > 0).GroupBy(row => copies[row], StringComparer.Ordinal).ToList();
        yield return Text($"{images.Sum(image => image.Count())} rows are copies: {images.Count} images are there more than once, such as {names[images[0].First()]}; copies lie on one side of every split");
        var contradicting = images.FindAll(image => image.Select(row => labels[row]).Distinct(StringComparer.Ordinal).Count() > 1);
        if (contradicting.Count > 0)
            yield return Text($"{contradicting.Count} images have labels that contradict each other, such as {names[contradicting[0].First()]}: {string.Join(", ", contradicting[0].Select(row => labels[row]).Distinct(StringComparer.Ordinal).Take(5))}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
