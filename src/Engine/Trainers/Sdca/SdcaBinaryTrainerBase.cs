using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Base of the dual ascents for two classes.</summary>
public abstract class SdcaBinaryTrainerBase<TModelParameters>
    : SdcaTrainerBase<SdcaBinaryTrainerBase<TModelParameters>.BinaryOptionsBase, BinaryPredictionTransformer<TModelParameters>, TModelParameters>
    where TModelParameters : class
{
    private readonly ISupportSdcaClassificationLoss _loss;
    private readonly TrainerInfo _info;
    private readonly bool _calibrated;

    private protected SdcaBinaryTrainerBase(MLContext context, BinaryOptionsBase options, ISupportSdcaClassificationLoss loss, bool calibrated)
        : base(context, TrainerColumns.Binary(options), options)
    {
        _loss = loss;
        _calibrated = calibrated;
        _info = new(needNormalization: true, wantCaching: true);
        Check.Param(options.PositiveInstanceWeight > 0, nameof(options.PositiveInstanceWeight), "Weight for positive instances must be positive.");
    }

    public override TrainerInfo Info => _info;

    private protected override SdcaSolver Solve(DataViewSchema schema, TrainingSet set, SdcaSettings settings)
    {
        var solver = new ScalarSdca(set, _loss, settings, SdcaOptions.PositiveInstanceWeight);
        solver.Run();
        return solver;
    }

    private protected override BinaryPredictionTransformer<TModelParameters> MakeTransformer(DataViewSchema schema, SdcaSolver solver)
    {
        var weights = solver.Weights[0];
        return new(MakeModel(new(weights.Values, weights.Bias)), schema[FeatureColumn.Name]);
    }

    private protected abstract TModelParameters MakeModel(LinearBinaryModelParameters model);

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input) => OutputShapes.Binary(_calibrated);

    /// <summary>Options that these trainers share.</summary>
    public class BinaryOptionsBase : OptionsBase
    {
        /// <summary>The weight of rows of the positive class, on top of their own.</summary>
        public float PositiveInstanceWeight = 1;

        public BinaryOptionsBase()
        {
        }
    }
}
