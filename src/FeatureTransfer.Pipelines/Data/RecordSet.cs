namespace FeatureTransfer.Pipelines.Data;

/// <summary>One record: its fields as text, where it stands, and its encoded image where the record holds it.</summary>
internal sealed record SourceRecord(string Place, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>Its place among all records, from 0; only records with content need one.</summary>
    public long Position { get; init; }

    /// <summary>The encoded image; null when a field says where it lies.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>What to call the content by.</summary>
    public string Name { get; init; } = Place;
}

/// <summary>Records, read as they are asked for, and all the names of fields that occur in them.</summary>
internal sealed record RecordSet(IReadOnlyList<string> FieldNames, IEnumerable<SourceRecord> Records, IDisposable? Owner = null) : IDisposable
{
    /// <summary>Reads the numbers in its fields.</summary>
    public NumberTexts Numbers { get; init; } = new(DecimalMark.Auto, commaIsFree: false);

    public void Dispose() => Owner?.Dispose();
}
