namespace FeatureTransfer.Pipelines.Data;

/// <summary>One record: its fields as text, and where it stands.</summary>
internal sealed record SourceRecord(string Place, IReadOnlyDictionary<string, string> Fields);

/// <summary>The records of a file and all the names of fields that occur in it.</summary>
internal sealed record RecordSet(IReadOnlyList<string> FieldNames, IReadOnlyList<SourceRecord> Records);
