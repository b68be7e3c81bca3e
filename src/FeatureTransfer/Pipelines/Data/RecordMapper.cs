using System.Globalization;
using System.Text.RegularExpressions;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>Makes rows of records: checks that the fields exist, filters, and fills the columns.</summary>
internal sealed partial class RecordMapper(RecordSource source, string file, SourceContext context)
{
    private readonly string _folder = Path.GetDirectoryName(file)!;
    private readonly Regex? _groupPattern = source.GroupPattern is null ? null : GroupPatterns.Compile(source.GroupPattern);

    public SourceRows Map(RecordSet set)
    {
        CheckFields(set.FieldNames);
        var rows = new List<SourceRow>();
        foreach (SourceRecord record in set.Records.Where(Wanted))
        {
            string? missing = FieldsUsed().FirstOrDefault(f => !record.Fields.ContainsKey(f));
            if (missing is not null)
                context.Rejected.Reject(new RejectedRow(record.Place, $"the field \"{missing}\" is missing", "data"));
            else if (ToRow(record) is { } row)
                rows.Add(row);
        }

        return rows.Count > 0
            ? new SourceRows(file, rows, source.Numbers)
            : throw new FeatureTransferException($"{file}: none of its {set.Records.Count} records gives a row; check the options \"where\", \"image\" and \"label\".");
    }

    private IEnumerable<string> FieldsUsed()
    {
        if (source.Image is { } image)
        {
            foreach (string field in ImageFields(image))
                yield return field;
        }

        yield return source.Label;
        if (source.Group is { } group)
            yield return group;
        foreach (string number in source.Numbers)
            yield return number;
    }

    private void CheckFields(IReadOnlyList<string> known)
    {
        foreach (string field in FieldsUsed().Concat(source.Where.Select(w => w.Field)))
        {
            if (!known.Contains(field))
            {
                throw new FeatureTransferException(
                    $"{file}: there is no column \"{field}\".{NearestName.Hint(field, known)} The columns are {string.Join(", ", known)}.");
            }
        }
    }

    private bool Wanted(SourceRecord record) =>
        source.Where.All(w => record.Fields.TryGetValue(w.Field, out string? value) && w.Values.Contains(value));

    private SourceRow? ToRow(SourceRecord record)
    {
        string label = record.Fields[source.Label];
        if (label.Length == 0)
            return Rejected(record, $"the field \"{source.Label}\" is empty, so the row has no label");
        float[] numbers = new float[source.Numbers.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            string text = record.Fields[source.Numbers[i]];
            if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
                return Rejected(record, $"the field \"{source.Numbers[i]}\" is \"{text}\", expected a number");
        }

        return new SourceRow(ImagePath(record), label, GroupOf(record), numbers);
    }

    private SourceRow? Rejected(SourceRecord record, string reason)
    {
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
        return PipelinePaths.Resolve(path, _folder);
    }

    private string? GroupOf(SourceRecord record)
    {
        if (source.Group is null)
            return null;
        string value = record.Fields[source.Group];
        return _groupPattern is null ? value : GroupPatterns.Apply(_groupPattern, value);
    }

    private static IEnumerable<string> ImageFields(string image) =>
        image.Contains('{', StringComparison.Ordinal) ? FieldPattern().Matches(image).Select(m => m.Groups[1].Value) : [image];

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex FieldPattern();
}
