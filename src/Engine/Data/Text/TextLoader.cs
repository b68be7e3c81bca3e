namespace Microsoft.ML.Data;

/// <summary>Reads text files of one row a line, values apart by separators.</summary>
public sealed partial class TextLoader : IDataLoader<IMultiStreamSource>
{
    private readonly Options _options;
    private readonly TextColumn[] _columns;
    private readonly DataViewSchema _schema;

    internal TextLoader(Options options, IMultiStreamSource? sample)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check.Param(options.Separators is { Length: > 0 }, "Separators", "At least one separator is needed.");
        Check.Param(!options.AllowSparse, "AllowSparse", "The embedded engine does not read sparse lines; write the values out.");
        _options = options;
        _columns = TextColumns.Resolve(options, sample);
        _schema = TextColumns.ToSchema(_columns, options, sample is null && options.HeaderFile is null ? null : LineReader.ReadHeader(sample!, options));
    }

    public DataViewSchema GetOutputSchema() => _schema;

    public IDataView Load(IMultiStreamSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new TextView(source, _options, _columns, _schema);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw new InvalidOperationException("A text loader is not part of a model file: save the schema that it gives instead.");
}
