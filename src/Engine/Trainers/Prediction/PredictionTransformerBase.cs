namespace Microsoft.ML.Data;

/// <summary>Base of the transformers that add a model's predictions.</summary>
public abstract class PredictionTransformerBase<TModel> : IPredictionTransformer<TModel>, IDisposable
    where TModel : class
{
    private protected PredictionTransformerBase(TModel model)
    {
        Model = model;
    }

    public TModel Model { get; }

    bool ITransformer.IsRowToRowMapper => true;

    public abstract DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedView(input, Bind(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new StepRowMapper(Bind(inputSchema));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        SaveCore(ctx);
    }

    public void Dispose() => (Model as IDisposable)?.Dispose();

    private protected abstract StepBinding Bind(DataViewSchema schema);

    private protected abstract void SaveCore(ModelSaveContext ctx);
}

/// <inheritdoc/>
public abstract class SingleFeaturePredictionTransformerBase<TModel> : PredictionTransformerBase<TModel>, ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private protected SingleFeaturePredictionTransformerBase(TModel model, string featureColumnName, DataViewType featureColumnType)
        : base(model)
    {
        FeatureColumnName = featureColumnName;
        FeatureColumnType = featureColumnType;
    }

    public string FeatureColumnName { get; }

    public DataViewType FeatureColumnType { get; }

    public override DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return Bind(inputSchema).OutputSchema;
    }

    private protected sealed override StepBinding Bind(DataViewSchema schema)
    {
        // A model that reads nothing has no feature column.
        if (FeatureColumnName.Length == 0)
            return new(schema, [BindScores(default, ScoreAnnotations.NextSet(schema))]);
        var feature = schema.GetColumnOrNull(FeatureColumnName) ?? throw new ArgumentOutOfRangeException(
            nameof(schema), $"Features column '{FeatureColumnName}' not found");
        if (!SameFeatures(feature.Type, FeatureColumnType))
            throw new InvalidOperationException($"Incompatible features column type: '{feature.Type}' vs '{FeatureColumnType}'");
        return new(schema, [BindScores(feature, ScoreAnnotations.NextSet(schema))]);
    }

    /// <summary>The step from the feature column to the prediction's columns.</summary>
    private protected abstract MapStep BindScores(DataViewSchema.Column feature, uint set);

    /// <summary>Writes what all predicting transformers hold.</summary>
    private protected void SaveBase(ModelSaveContext ctx, string kind, int version = 1)
    {
        ctx.Begin(kind, version);
        ctx.Writer.Write(FeatureColumnName);
        TypeFormat.Write(ctx.Writer, FeatureColumnType);
        ctx.Save(Model);
    }

    private protected static (string Name, DataViewType Type, TModel Model) LoadBase(ModelLoadContext ctx, string kind, int newest = 1)
    {
        ctx.CheckVersion(kind, newest);
        return (ctx.Reader.ReadString(), TypeFormat.Read(ctx.Reader), ctx.Load<TModel>());
    }

    // The dimensions may differ as long as there are as many values.
    private static bool SameFeatures(DataViewType actual, DataViewType expected) =>
        actual is VectorDataViewType a && expected is VectorDataViewType b && a.ItemType.Equals(b.ItemType) && a.Size == b.Size;
}
