using System.Data.Common;
using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>Reads a query's rows as records.</summary>
internal static class QueryRecords
{
    public static RecordSet Read(QuerySource source, ISqlEngine engine, SqlQuery query, SourceContext context)
    {
        var reader = engine.Read(query, context.Cancellation);
        var names = ImageColumn.Names(reader);
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            reader.Dispose();
            throw new FeatureTransferException($"{query.Origin}: the column \"{twice.Key}\" is there twice; name one otherwise: AS other.");
        }

        return new RecordSet(names, Rows(reader, names, source, query, context.Cancellation), reader);
    }

    private static IEnumerable<SourceRecord> Rows(DbDataReader reader, string[] names, QuerySource source, SqlQuery query, CancellationToken cancellationToken)
    {
        var used = source.FieldsUsed().Concat(source.Where.Select(where => where.Field)).Distinct().Select(field => Array.IndexOf(names, field)).Where(column => column >= 0).ToArray();
        var image = source.Image is null ? -1 : Array.IndexOf(names, source.Image);
        for (var row = 0L; SqlRows.Next(reader, query); row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var fields = new Dictionary<string, string>();
            ReadOnlyMemory<byte>? content = null;
            var place = ImageColumn.Place(query.Origin, row + 1);
            foreach (var column in used)
            {
                var value = reader.GetValue(column);
                if (column == image && Bytes(value, place) is { } bytes)
                    (content, fields[names[column]]) = (bytes, "");
                else if (Text(value) is { } text)
                    fields[names[column]] = text;
            }

            yield return new SourceRecord(place, fields) { Position = row, Content = content, Name = source.Name is { } name && fields.TryGetValue(name, out var called) ? called : place };
        }
    }

    // Not "null" for none: that would become an empty array's memory.
    private static ReadOnlyMemory<byte>? Bytes(object value, string place) => value switch
    {
        byte[] bytes => bytes,
        Stream stream => InputValue.FromStream(stream, place).Read(),
        _ => default(ReadOnlyMemory<byte>?),
    };

    // NULL is a field that is missing.
    private static string? Text(object value) => value switch
    {
        DBNull or byte[] => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
