using System.Text.RegularExpressions;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>Makes rows of records: checks that the fields exist, filters, and fills the columns.</summary>
internal sealed partial class RecordMapper(FieldSource source, RecordInput input, SourceContext context)
{
    private readonly Regex? _groupPattern = source.GroupPattern is null ? null : GroupPatterns.Compile(source.GroupPattern);
    private readonly string[] _fields = [.. source.FieldsUsed()];
    private string? _firstReason;
    private NumberTexts _numbers = new(DecimalMark.Auto, commaIsFree: false);

    public SourceRows Map(RecordSet set)
    {
        CheckFields(set.FieldNames);
        _numbers = set.Numbers;
        var rows = new List<SourceRow>();
        var count = 0;
        foreach (SourceRecord record in set.Records)
        {
            count++;
            if (ToRow(record) is not { } row)
                continue;
            if (rows.Count > 0 && rows[0].Length is null != row.Length is null)
                Rejected(record, $"the field \"{source.Image}\" holds {(row.Length is null ? "a path" : "bytes")}, unlike the rows before");
            else
                rows.Add(row);
        }

        if (_numbers.Note is { } note)
            context.Note($"{input.Origin}: {note}");
        return rows.Count > 0
            ? new SourceRows(input.Origin, rows, source.Numbers) { TextNames = source.Texts }
            : throw new FeatureTransferException($"{input.Origin}: none of its {count} records gives a row; {(_firstReason is null ? "none meets the conditions of \"where\"." : $"the first reason: {_firstReason}.")}");
    }

    /// <summary>The row of a record; null when it is not wanted or was rejected.</summary>
    public SourceRow? ToRow(SourceRecord record)
    {
        if (!Wanted(record))
            return null;
        if (_fields.FirstOrDefault(f => !record.Fields.ContainsKey(f)) is { } missing)
            return Rejected(record, $"the field \"{missing}\" is missing");
        string label = record.Fields[source.Label];
        if (context.NumberLabels && _numbers.Read(label) is { } numeric)
            label = numeric.ToString("R", CultureInfo.InvariantCulture);
        if (context.LabelFault(label) is { } fault)
            return Rejected(record, $"the field \"{source.Label}\" {fault}");
        float[] numbers = new float[source.Numbers.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            string text = record.Fields[source.Numbers[i]];
            if (IsMissing(text))
                numbers[i] = float.NaN;
            else if (_numbers.Read(text) is { } number)
                numbers[i] = number;
            else
                return Rejected(record, $"the field \"{source.Numbers[i]}\" is \"{text}\", expected a finite number such as 0.5{Advice(text)}");
        }

        var path = record.Content is null ? ImagePath(record) : record.Name;
        return new SourceRow(path, label, GroupOf(record), numbers) { Texts = [.. source.Texts.Select(field => record.Fields[field])], Position = record.Position, Length = record.Content?.Length };
    }

    /// <summary>The fields that make a path.</summary>
    public static IEnumerable<string> ImageFields(string image) =>
        image.Contains('{', StringComparison.Ordinal) ? FieldPattern().Matches(image).Select(m => m.Groups[1].Value) : [image];

    /// <summary>Checks that the fields that are read are there.</summary>
    /// <exception cref="FeatureTransferException">One is not; the message names the nearest.</exception>
    public void CheckFields(IReadOnlyList<string> known)
    {
        foreach (string field in _fields.Concat(source.Where.Select(w => w.Field)))
        {
            if (!known.Contains(field))
            {
                throw new FeatureTransferException(
                    $"{input.Origin}: there is no column \"{field}\".{NearestName.Hint(field, known)} The columns are {string.Join(", ", known)}.");
            }
        }
    }

    private bool IsMissing(string text) => context.MissingNumbers && (string.IsNullOrWhiteSpace(text) || text.Trim().Equals("NaN", StringComparison.OrdinalIgnoreCase));

    private string Advice(string text) =>
        text.Contains(',', StringComparison.Ordinal) && source is DelimitedSource ? "; where its comma stands before decimals set data.decimal to \"comma\""
        : string.IsNullOrWhiteSpace(text) || text.Trim().Equals("NaN", StringComparison.OrdinalIgnoreCase) ? "; missing numbers need a step ReplaceMissingValues or IndicateMissingValues"
        : "";

    private bool Wanted(SourceRecord record) =>
        source.Where.All(w => record.Fields.TryGetValue(w.Field, out string? value) && w.Values.Contains(value));

    private SourceRow? Rejected(SourceRecord record, string reason)
    {
        _firstReason ??= reason;
        context.Rejected.Reject(new RejectedRow(record.Place, reason, "data"));
        return null;
    }

    private string? ImagePath(SourceRecord record)
    {
        if (source.Image is not { } image)
            return null;
        string path = image.Contains('{', StringComparison.Ordinal)
            ? FieldPattern().Replace(image, m => record.Fields[m.Groups[1].Value])
            : record.Fields[image];
        return PipelinePaths.Resolve(path, input.Folder);
    }

    private string? GroupOf(SourceRecord record)
    {
        if (source.Group is null)
            return null;
        string value = record.Fields[source.Group];
        return _groupPattern is null ? value : GroupPatterns.Apply(_groupPattern, value);
    }

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex FieldPattern();
}
