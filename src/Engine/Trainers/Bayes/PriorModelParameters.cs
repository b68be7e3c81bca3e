using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>The share of the positive class.</summary>
public sealed class PriorModelParameters : ModelParametersBase<float>, IScalarModel, IProbabilisticModel
{
    internal const string Kind = "prior";

    private readonly float _share;

    internal PriorModelParameters(float share)
    {
        _share = share;
        Calibrator = new Constant(share);
    }

    ICalibrator IProbabilisticModel.Calibrator => Calibrator;

    internal ICalibrator Calibrator { get; }

    /// <summary>Positive where the positive class is the larger one.</summary>
    internal float Score => (2 * _share) - 1;

    RowMap<VBuffer<float>, float> IScalarModel.OpenScorer() => (in VBuffer<float> _, ref float score) => score = Score;

    internal static PriorModelParameters Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new(ctx.Reader.ReadSingle());
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(_share);
    }

    private sealed class Constant(float probability) : ICalibrator
    {
        public float PredictProbability(float output) => probability;
    }
}
