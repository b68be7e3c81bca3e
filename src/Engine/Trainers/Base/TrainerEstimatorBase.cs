
namespace Microsoft.ML.Trainers;

/// <summary>Base of the trainers: columns checked, rows read, a model learnt and put into a transformer.</summary>
public abstract class TrainerEstimatorBase<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>, ILabelled
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    public readonly SchemaShape.Column FeatureColumn;
    public readonly SchemaShape.Column LabelColumn;
    public readonly SchemaShape.Column WeightColumn;

    private protected TrainerEstimatorBase(MLContext context, TrainerColumns columns)
    {
        Context = context;
        FeatureColumn = columns.Feature;
        LabelColumn = columns.Label;
        WeightColumn = columns.Weight;
    }

    public abstract TrainerInfo Info { get; }

    internal MLContext Context { get; }

    string? ILabelled.LabelName => LabelColumn.IsValid ? LabelColumn.Name : null;

    public TTransformer Fit(IDataView input) => FitFrom(input, null);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Verify(inputSchema);
        return inputSchema.With(OutputColumns(inputSchema));
    }

    /// <summary>Trains, starting from a model where one is given.</summary>
    private protected TTransformer FitFrom(IDataView input, object? start)
    {
        ArgumentNullException.ThrowIfNull(input);
        Verify(SchemaShape.Create(input.Schema));
        return Train(input, start);
    }

    private protected abstract TTransformer Train(IDataView data, object? start);

    private protected abstract IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input);

    private protected virtual void Verify(SchemaShape input) => new TrainerColumns(FeatureColumn, LabelColumn, WeightColumn).Verify(input);

    private protected TrainingSet ReadTrainingSet(IDataView data) =>
        TrainingSet.Read(data, data.Schema[FeatureColumn.Name], Named(data, LabelColumn), Named(data, WeightColumn));

    private static DataViewSchema.Column? Named(IDataView data, SchemaShape.Column column) =>
        column.IsValid ? data.Schema[column.Name] : null;
}
