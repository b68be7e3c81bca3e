namespace FeatureTransfer.Pipelines.Data;

/// <summary>Records with named fields: of a table, of JSON, or of a query.</summary>
public abstract record FieldSource : DataSource
{
    /// <summary>
    /// Where a record's input lies: the name of a field, or a text with fields in braces such as <c>images/{file}</c>. Relative paths start
    /// from the file's folder. In queries and Parquet files the field may hold the encoded image itself, as bytes. Null when the records
    /// have no input but numbers. Default <c>path</c>.
    /// </summary>
    public string? Image { get; init; } = "path";

    /// <summary>The field with the label. Default <c>label</c>.</summary>
    public string Label { get; init; } = "label";

    /// <summary>The field whose equal values belong to one group; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>
    /// A regular expression on the field <see cref="Group" />: the captured groups together, or the whole match when there are none, name
    /// the group. Null takes the field's whole value.
    /// </summary>
    public string? GroupPattern { get; init; }

    /// <summary>Fields with text, each a column of its own: sentences for backbones of text, categories for OneHotEncoding.</summary>
    public ValueList<string> Texts { get; init; } = [];

    /// <summary>Fields with numbers, each a column of its own.</summary>
    public ValueList<string> Numbers { get; init; } = [];

    /// <summary>Conditions that a record must meet to be a row; others are no rejects.</summary>
    public ValueList<WhereClause> Where { get; init; } = [];

    internal override SourceRows Read(SourceContext context)
    {
        var input = Open(context);
        using RecordSet records = input.Read(context);
        var rows = new RecordMapper(this, input, context).Map(records);
        return rows.Rows[0].Length is null ? rows : rows with { Content = new RecordContent(this, input, context) };
    }

    /// <summary>Checks that the fields are there; no row is made.</summary>
    /// <exception cref="FeatureTransferException">One is not, or the records cannot be read.</exception>
    internal void Check(SourceContext context)
    {
        var input = Open(context);
        using RecordSet records = input.Read(context);
        new RecordMapper(this, input, context).CheckFields(records.FieldNames);
    }

    /// <summary>The fields that are read.</summary>
    internal virtual IEnumerable<string> FieldsUsed()
    {
        if (Image is { } image)
        {
            foreach (string field in RecordMapper.ImageFields(image))
                yield return field;
        }

        yield return Label;
        if (Group is { } group)
            yield return group;
        foreach (string text in Texts)
            yield return text;
        foreach (string number in Numbers)
            yield return number;
    }

    internal abstract RecordInput Open(SourceContext context);
}

/// <summary>Where records come from: a name for messages, the folder that their paths start from, and how they are read, more than once if need be.</summary>
internal sealed record RecordInput(string Origin, string Folder, Func<SourceContext, RecordSet> Read);

/// <summary>A condition: a field has one of some values.</summary>
/// <param name="Field">The field.</param>
/// <param name="Values">The values, as text; true is <c>true</c>.</param>
public sealed record WhereClause(string Field, ValueList<string> Values);
