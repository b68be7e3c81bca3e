using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Keeps some columns, in a given order, or drops some.</summary>
public sealed class ColumnSelectingEstimator : TrivialEstimator<ColumnSelectingTransformer>
{
    internal ColumnSelectingEstimator(string[]? keep, string[]? drop, bool keepHidden)
        : base(new ColumnSelectingTransformer(keep, drop, keepHidden))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        if (Transformer.Keep is { } keep)
            return new(keep.Select(name => inputSchema.Find(name)));
        foreach (string name in Transformer.Drop!)
            inputSchema.Find(name);
        return new(inputSchema.Where(c => !Transformer.Drop.Contains(c.Name)));
    }
}

/// <inheritdoc cref="ColumnSelectingEstimator"/>
public sealed class ColumnSelectingTransformer : ITransformer
{
    internal const string Kind = "select-columns";

    private readonly bool _keepHidden;

    internal ColumnSelectingTransformer(string[]? keep, string[]? drop, bool keepHidden)
    {
        Keep = keep;
        Drop = drop;
        _keepHidden = keepHidden;
    }

    bool ITransformer.IsRowToRowMapper => true;

    internal string[]? Keep { get; }

    internal string[]? Drop { get; }

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).OutputSchema;

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new SelectedView(input, Bind(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Bind(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(_keepHidden);
        ctx.Writer.Write(Keep is not null);
        ctx.Writer.WriteTexts(Keep ?? Drop!);
    }

    internal static ColumnSelectingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        bool keepHidden = ctx.Reader.ReadBoolean();
        bool keeps = ctx.Reader.ReadBoolean();
        var names = ctx.Reader.ReadTexts();
        return new(keeps ? names : null, keeps ? null : names, keepHidden);
    }

    private ColumnChoice Bind(DataViewSchema input)
    {
        ArgumentNullException.ThrowIfNull(input);
        foreach (string name in Keep ?? Drop!)
            Check.Column(input, name);
        var chosen = Keep is { } keep
            ? keep.SelectMany(name => input.Where(c => c.Name == name && (_keepHidden || !c.IsHidden)))
            : input.Where(c => !Drop!.Contains(c.Name) && (_keepHidden || !c.IsHidden));
        return new(input, [.. chosen.Select(c => c.Index)]);
    }
}
