using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Rows with the very same image, texts and numbers. One that trains beside its copy that tests would make the result too good.</summary>
internal static class RowCopies
{
    /// <summary>The column that names the copies of a row, empty where there are none; there is none where no row has any.</summary>
    public const string Column = "FeatureTransfer.Copies";

    /// <summary>The table with <see cref="Column" />, where it has copies.</summary>
    /// <param name="definition">The pipeline: categories and numbers alone are often alike without being copies; files, and texts that are read as such, are not.</param>
    /// <param name="table">The rows that can be used.</param>
    /// <param name="source">The rows of the source.</param>
    /// <param name="keys">A key of each row of the source, by its content; null where it could not be read.</param>
    public static Table Mark(PipelineDefinition definition, Table table, SourceRows source, IReadOnlyList<ulong?> keys)
    {
        if (source.Positions(table) is not { } places || (!source.Rows.Any(row => row.Path is not null) && !StepColumns.Texts(definition).Any()))
            return table;
        List<ulong?> own = [.. places.Select(row => keys[row])];
        var repeated = own.OfType<ulong>().CountBy(key => key).Where(key => key.Value > 1).Select(key => key.Key).ToHashSet();
        return repeated.Count == 0
            ? table
            : table.With(Column, [.. own.Select(key => key is { } known && repeated.Contains(known) ? known.ToString("x16", CultureInfo.InvariantCulture) : "")]);
    }

    /// <summary>What a user ought to know of them.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="names">What they are called.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="labelled">The rows whose label counts.</param>
    public static IEnumerable<string> Notes(Table table, IReadOnlyList<string> names, IReadOnlyList<string> labels, IReadOnlyList<int> labelled)
    {
        if (table.Text(Column) is not { } copies)
            yield break;
        var inputs = Enumerable.Range(0, table.Count).Where(row => copies[row].Length > 0).GroupBy(row => copies[row], StringComparer.Ordinal).ToList();
        var known = labelled.ToHashSet();
        yield return Text($"{inputs.Sum(input => input.Count())} rows are copies: {inputs.Count} inputs are there more than once, such as {names[inputs[0].First()]}; copies lie on one side of every split");
        var contradicting = inputs.FindAll(input => LabelsOf(input).Count > 1);
        if (contradicting.Count > 0)
            yield return Text($"{contradicting.Count} inputs have labels that contradict each other, such as {names[contradicting[0].First()]}: {string.Join(", ", LabelsOf(contradicting[0]).Take(5))}");

        List<string> LabelsOf(IEnumerable<int> rows) => [.. rows.Where(known.Contains).Select(row => labels[row]).Distinct(StringComparer.Ordinal)];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
