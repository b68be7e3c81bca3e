namespace Microsoft.ML.Data;

/// <summary>Base of the engine's transformers that add columns computed row by row.</summary>
public abstract class RowToRowTransformerBase : ITransformer
{
    private protected RowToRowTransformerBase()
    {
    }

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new StepBinding(inputSchema, Bind(inputSchema)).OutputSchema;
    }

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedView(input, new StepBinding(input.Schema, Bind(input.Schema)));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new StepRowMapper(new StepBinding(inputSchema, Bind(inputSchema)));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => SaveCore(ctx);

    /// <summary>The steps over this schema; throws where a column is missing or of the wrong type.</summary>
    internal abstract IReadOnlyList<MapStep> Bind(DataViewSchema input);

    private protected abstract void SaveCore(ModelSaveContext ctx);
}

/// <summary>Base of transformers that make each output column from one input column.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected OneToOneTransformerBase(params (string Output, string Input)[] columns)
    {
        ColumnPairs = columns;
    }

    internal (string Output, string Input)[] ColumnPairs { get; }

    internal override IReadOnlyList<MapStep> Bind(DataViewSchema input) =>
        [.. ColumnPairs.Select((pair, i) => BindColumn(i, Check.Column(input, pair.Input), pair.Output))];

    /// <summary>The step of one pair.</summary>
    internal abstract MapStep BindColumn(int pair, DataViewSchema.Column input, string output);
}

/// <summary>Base of estimators that learn nothing: the transformer is there from the start.</summary>
public abstract class TrivialEstimator<TTransformer> : IEstimator<TTransformer>
    where TTransformer : class, ITransformer
{
    private protected TrivialEstimator(TTransformer transformer)
    {
        Transformer = transformer;
    }

    internal TTransformer Transformer { get; }

    public TTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        // Says at once what is wrong with the input's schema.
        Transformer.GetOutputSchema(input.Schema);
        return Transformer;
    }

    public abstract SchemaShape GetOutputSchema(SchemaShape inputSchema);
}
