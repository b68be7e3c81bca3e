using FeatureTransfer.Extraction;
using Parquet;
using Parquet.Schema;

namespace FeatureTransfer.Pipelines.FeatureFiles;

/// <summary>
/// Writes Parquet, plain and uncompressed: a required text column <c>input</c> and one required float column a feature, <c>f0</c>, <c>f1</c>
/// and so on, in groups of rows. One group of values is kept in memory, and of the groups before it what the footer says of their columns.
/// </summary>
/// <remarks>
/// Parquet.Net orders names by UTF-16 where Parquet orders by UTF-8. A reader that skips groups by the least and the greatest name can miss
/// one with an emoji, if another of its group has a character from U+E000 to U+FFFF at that place.
/// </remarks>
internal sealed class ParquetFeatureWriter
{
    // Large groups, for the footer describes every column of every group.
    private const int MostRowsPerGroup = 4096, LeastRowsPerGroup = 128, BytesPerGroup = 32 << 20;

    private readonly ParquetSchema _schema;
    private readonly int _rowsPerGroup;
    private readonly List<ExtractedFeatures> _group = [];

    private ParquetFeatureWriter(int featureLength)
    {
        _schema = new ParquetSchema(Enumerable.Range(0, featureLength).Select(Feature).Prepend(new DataField("input", typeof(string), isNullable: false)));
        _rowsPerGroup = Math.Clamp(BytesPerGroup / (sizeof(float) * Math.Max(featureLength, 1)), LeastRowsPerGroup, MostRowsPerGroup);
    }

    /// <summary>Writes rows, and tells how many.</summary>
    public static long Write(Stream stream, int featureLength, IEnumerable<ExtractedFeatures> rows) => new ParquetFeatureWriter(featureLength).Write(stream, rows);

    private static DataField Feature(int feature) => new(string.Create(CultureInfo.InvariantCulture, $"f{feature}"), typeof(float), isNullable: false);

    // Parquet.Net writes asynchronously only. On the pool its tasks never wait for the thread that waits for them here.
    private static T Wait<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();

    private long Write(Stream stream, IEnumerable<ExtractedFeatures> rows)
    {
        var file = Wait(() => ParquetWriter.CreateAsync(_schema, stream, new ParquetOptions { CompressionMethod = CompressionMethod.None }));
        var count = 0L;
        foreach (var row in rows)
        {
            _group.Add(row);
            count++;
            if (_group.Count == _rowsPerGroup)
                WriteGroup(file);
        }

        if (_group.Count > 0)
            WriteGroup(file);
        // Disposing writes the footer, which a file whose rows failed shall not have.
        return Wait(async () =>
        {
            await file.DisposeAsync();
            return count;
        });
    }

    private void WriteGroup(ParquetWriter file)
    {
        _ = Wait(() => WriteGroupAsync(file));
        _group.Clear();
    }

    private async Task<int> WriteGroupAsync(ParquetWriter file)
    {
        var fields = _schema.GetDataFields();
        using var group = file.CreateRowGroup();
        await group.WriteAsync(fields[0], [.. _group.Select(row => row.Input)]).ConfigureAwait(false);
        var column = new float[_group.Count];
        for (var feature = 0; feature < fields.Length - 1; feature++)
        {
            for (var row = 0; row < column.Length; row++)
                column[row] = _group[row].Features[feature];
            await group.WriteAsync<float>(fields[feature + 1], column).ConfigureAwait(false);
        }

        return column.Length;
    }
}
