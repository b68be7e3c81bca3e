using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>The averaged perceptron.</summary>
public sealed class AveragedPerceptronTrainer : AveragedLinearTrainer<BinaryPredictionTransformer<LinearBinaryModelParameters>, LinearBinaryModelParameters>
{
    internal AveragedPerceptronTrainer(MLContext context, Options options)
        : base(
            context,
            new(TrainerColumns.Features(options.FeatureColumnName), TrainerColumns.BooleanLabel(options.LabelColumnName), default),
            options,
            options.LossFunction ?? new HingeLoss())
    {
    }

    private protected override BinaryPredictionTransformer<LinearBinaryModelParameters> MakeTransformer(
        DataViewSchema.Column feature, float[] weights, float bias) => new(new(weights, bias), feature);

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input) => OutputShapes.Binary(calibrated: false);

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : AveragedLinearOptions
    {
        public Options()
        {
            NumberOfIterations = 10;
        }

        /// <summary>Null is the hinge loss.</summary>
        public IClassificationLoss? LossFunction { get; set; }
    }
}
