using Microsoft.ML.Calibrators;

namespace Microsoft.ML.Trainers;

/// <summary>Base of the trainers that make a multiclass model of models of two classes.</summary>
public abstract class MetaMulticlassTrainer<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private readonly TrainerColumns _columns;
    private readonly MLContext _context;
    private readonly MetaSettings _settings;

    private protected MetaMulticlassTrainer(MLContext context, MetaSettings settings)
    {
        _context = context;
        _settings = settings;
        _columns = new(default, TrainerColumns.KeyLabel(settings.LabelName), default);
        Check.Param(settings.MaxCalibrationRows > 0, "maximumCalibrationExampleCount", "Must be positive.");
    }

    public TrainerInfo Info => _settings.Trainer.Info;

    public abstract TTransformer Fit(IDataView input);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _columns.Verify(inputSchema);
        return inputSchema.With(OutputShapes.Multiclass(inputSchema.Find(_settings.LabelName, "label")));
    }

    /// <summary>Checks the label and gives the data as binary trainers take it.</summary>
    private protected (BinaryTasks Tasks, LabelKeys Labels) Open(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _columns.Verify(SchemaShape.Create(input.Schema));
        return (new BinaryTasks(_context, input, _settings), LabelKeys.Of(input.Schema[_settings.LabelName]));
    }
}

/// <summary>What the trainers of many binary models share.</summary>
internal sealed record MetaSettings(
    ITrainerEstimator<ISingleFeaturePredictionTransformer<object>, object> Trainer,
    string LabelName,
    bool MissingIsNegative,
    IEstimator<ISingleFeaturePredictionTransformer<ICalibrator>>? Calibrator,
    int MaxCalibrationRows);
