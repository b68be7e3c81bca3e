using System.Text;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>Makes one label of those that look the same.</summary>
internal static class LabelText
{
    private const char ByteOrderMark = '\uFEFF', ZeroWidthSpace = '\u200B', Undecodable = '\uFFFD';

    /// <summary>The label with single spaces within, none around, nothing invisible, and its characters in the composed form of Unicode.</summary>
    public static string Clean(string label)
    {
        if (label.All(letter => char.IsAsciiLetterOrDigit(letter)))
            return label;
        var visible = label.Replace($"{ByteOrderMark}", "", StringComparison.Ordinal).Replace($"{ZeroWidthSpace}", "", StringComparison.Ordinal);
        return string.Join(' ', Composed(visible).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    // Half a surrogate pair has no form; such a label stays as it is.
    private static string Composed(string label)
    {
        try
        {
            return label.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return label;
        }
    }

    /// <summary>The rows with clean labels.</summary>
    public static SourceRows Clean(SourceRows rows, Action<string> note)
    {
        var forms = rows.Rows.Select(row => row.Label).OfType<string>().CountBy(label => label, StringComparer.Ordinal).ToList();
        var joined = forms.GroupBy(form => Clean(form.Key), StringComparer.Ordinal).Where(label => label.Count() > 1).ToList();
        if (joined.Count > 0)
        {
            var others = joined.SelectMany(label => label.Where(form => form.Key != label.Key)).ToList();
            note(Text($"{rows.Origin}: {others.Sum(form => form.Value)} rows have labels that differ from others only in white space or in the form of their characters; they count as these, such as \"{others[0].Key}\" as \"{Clean(others[0].Key)}\""));
        }

        var names = forms.GroupBy(form => Clean(form.Key), form => form.Value, StringComparer.Ordinal).ToDictionary(label => label.Key, label => label.Sum(), StringComparer.Ordinal);
        foreach (var alike in names.GroupBy(label => label.Key, StringComparer.OrdinalIgnoreCase).Where(alike => alike.Count() > 1).Take(1))
            note(Text($"{rows.Origin}: labels that differ only in upper and lower case are labels of their own: {string.Join(", ", alike.Select(label => Text($"\"{label.Key}\" ({label.Value} rows)")))}"));
        if (names.Where(label => label.Key.Contains(Undecodable, StringComparison.Ordinal)).ToList() is { Count: > 0 } broken)
            note(Text($"{rows.Origin}: {broken.Sum(label => label.Value)} rows have labels with characters that were lost in decoding, such as \"{broken[0].Key}\"; two labels may have become one"));
        return rows with { Rows = [.. rows.Rows.Select(row => row.Label is { } label && Clean(label) is var clean && clean != label ? row with { Label = clean } : row)] };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
