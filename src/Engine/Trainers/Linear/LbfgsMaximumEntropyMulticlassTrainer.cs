using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Multinomial logistic regression, trained by L-BFGS.</summary>
public sealed class LbfgsMaximumEntropyMulticlassTrainer : LbfgsTrainerBase<
    LbfgsMaximumEntropyMulticlassTrainer.Options, MulticlassPredictionTransformer<MaximumEntropyModelParameters>, MaximumEntropyModelParameters>
{
    internal LbfgsMaximumEntropyMulticlassTrainer(MLContext context, Options options)
        : base(context, TrainerColumns.Multiclass(options), options)
    {
    }

    /// <summary>Trains on from a model.</summary>
    public MulticlassPredictionTransformer<MaximumEntropyModelParameters> Fit(IDataView trainData, MaximumEntropyModelParameters modelParameters) =>
        FitFrom(trainData, modelParameters);

    private protected override int CountOutputs(DataViewSchema schema) => LabelKeys.Of(schema[LabelColumn.Name]).Count;

    private protected override RowLoss MakeLoss(int outputs) => new MultinomialLoss(outputs);

    private protected override double[] ParametersOf(object model)
    {
        var start = (MaximumEntropyModelParameters)model;
        return [.. start.GetBiases(), .. start.AllWeights.ToArray()];
    }

    private protected override MulticlassPredictionTransformer<MaximumEntropyModelParameters> MakeTransformer(
        DataViewSchema schema, TrainingSet set, int outputs, LbfgsResult result)
    {
        var statistics = LbfgsOptions.ShowTrainingStatistics ? TrainingStatistics.Multiclass(set, outputs, result, LbfgsOptions) : null;
        var model = new MaximumEntropyModelParameters(Floats(result.X.AsSpan(0, outputs)), Floats(result.X.AsSpan(outputs)), statistics);
        return new(model, schema[FeatureColumn.Name], LabelKeys.Of(schema[LabelColumn.Name]));
    }

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input) =>
        OutputShapes.Multiclass(input.Find(LabelColumn.Name, "label"));

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : OptionsBase
    {
        /// <summary>Whether the model keeps <see cref="LinearMulticlassModelParametersBase.Statistics"/>.</summary>
        public bool ShowTrainingStatistics;

        public Options()
        {
        }
    }
}
