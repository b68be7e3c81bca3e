using CsvHelper;
using CsvHelper.Configuration;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>Reads tables with a separator, line by line.</summary>
internal static class DelimitedRecords
{
    public static RecordSet Read(string file, string separator, SourceContext context)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = separator, BadDataFound = null };
        var csv = new CsvReader(new StreamReader(file), configuration);
        try
        {
            if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord is not { Length: > 0 } header)
                throw new FeatureTransferException($"{file}: the table is empty; expected a first line with the names of the columns.");
            if (header.GroupBy(h => h).FirstOrDefault(g => g.Count() > 1) is { } twice)
                throw new FeatureTransferException($"{file}: the column \"{twice.Key}\" is there twice; names of columns must differ.");
            return new RecordSet(header, Lines(csv, header, file, context), csv);
        }
        catch
        {
            csv.Dispose();
            throw;
        }
    }

    private static IEnumerable<SourceRecord> Lines(CsvReader csv, string[] header, string file, SourceContext context)
    {
        while (csv.Read())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            string place = string.Create(CultureInfo.InvariantCulture, $"{file}({csv.Parser.RawRow})");
            if (csv.Parser.Count == header.Length)
                yield return new SourceRecord(place, Enumerable.Range(0, header.Length).ToDictionary(i => header[i], i => csv[i] ?? ""));
            else
                context.Rejected.Reject(new RejectedRow(place, $"the line has {csv.Parser.Count} fields, expected {header.Length}", "data"));
        }
    }
}
