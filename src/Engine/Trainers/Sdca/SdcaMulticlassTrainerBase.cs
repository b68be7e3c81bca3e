using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Base of the dual ascents for several classes.</summary>
public abstract class SdcaMulticlassTrainerBase<TModel>
    : SdcaTrainerBase<SdcaMulticlassTrainerBase<TModel>.MulticlassOptions, MulticlassPredictionTransformer<TModel>, TModel>
    where TModel : class
{
    private readonly ISupportSdcaClassificationLoss _loss;

    private protected SdcaMulticlassTrainerBase(MLContext context, MulticlassOptions options, ISupportSdcaClassificationLoss loss)
        : base(context, TrainerColumns.Multiclass(options), options)
    {
        _loss = loss;
    }

    private protected override SdcaSolver Solve(DataViewSchema schema, TrainingSet set, SdcaSettings settings)
    {
        int classes = LabelKeys.Of(schema[LabelColumn.Name]).Count;
        if (classes < 2)
            throw new ArgumentOutOfRangeException(
                "numClasses", $"Must be at least 2: column '{LabelColumn.Name}' has {classes} class, there is nothing to tell apart.");
        var solver = new MulticlassSdca(set, classes, _loss, settings);
        solver.Run();
        return solver;
    }

    private protected override MulticlassPredictionTransformer<TModel> MakeTransformer(DataViewSchema schema, SdcaSolver solver)
    {
        var model = MakeModel([.. solver.Weights.Select(w => w.Bias)], [.. solver.Weights.SelectMany(w => w.Values)]);
        return new(model, schema[FeatureColumn.Name], LabelKeys.Of(schema[LabelColumn.Name]));
    }

    private protected abstract TModel MakeModel(float[] biases, float[] weights);

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input) =>
        OutputShapes.Multiclass(input.Find(LabelColumn.Name, "label"));

    /// <summary>Options that these trainers share.</summary>
    public class MulticlassOptions : OptionsBase
    {
        public MulticlassOptions()
        {
        }
    }
}
