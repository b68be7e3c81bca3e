namespace FeatureTransfer.Pipelines.Data;

/// <summary>Reads tables with a separator as records, line by line.</summary>
internal static class DelimitedRecords
{
    public static RecordSet Read(string file, DelimitedSource source, char? separator, SourceContext context)
    {
        var table = DelimitedTable.Open(file, separator, source.Encoding, [.. source.FieldsUsed().Concat(source.Where.Select(where => where.Field))], source.Header);
        foreach (var note in table.Notes)
            context.Note(note);
        return new RecordSet([.. table.Header.Where(name => name.Length > 0)], Records(table, file, context))
        {
            Numbers = new NumberTexts(source.Decimal, commaIsFree: table.Separator != ','),
        };
    }

    private static IEnumerable<SourceRecord> Records(DelimitedTable table, string file, SourceContext context)
    {
        foreach (var line in table.Lines)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var place = string.Create(CultureInfo.InvariantCulture, $"{file}({line.Number})");
            if ((line.Fault ?? Fault(line, table)) is { } fault)
                context.Rejected.Reject(new RejectedRow(place, fault, "data"));
            else
                yield return new SourceRecord(place, Enumerable.Range(0, table.Header.Count).Where(i => table.Header[i].Length > 0).ToDictionary(i => table.Header[i], i => line.Fields[i]));
        }
    }

    private static string? Fault(DelimitedLine line, DelimitedTable table) => line.Fields.Count == table.Header.Count
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"the line has {line.Fields.Count} fields, expected {table.Header.Count}");
}
