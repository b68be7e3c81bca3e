using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.Calibrators;

/// <summary>A model together with the calibrator of its scores.</summary>
public abstract class CalibratedModelParametersBase
{
    private protected CalibratedModelParametersBase(object subModel, ICalibrator calibrator)
    {
        SubModel = subModel;
        Calibrator = calibrator;
    }

    public object SubModel { get; }

    public ICalibrator Calibrator { get; }
}

/// <inheritdoc/>
public abstract class CalibratedModelParametersBase<TSubModel, TCalibrator> : CalibratedModelParametersBase
    where TSubModel : class
    where TCalibrator : class, ICalibrator
{
    private protected CalibratedModelParametersBase(TSubModel subModel, TCalibrator calibrator)
        : base(subModel, calibrator)
    {
        SubModel = subModel;
        Calibrator = calibrator;
    }

    public new TSubModel SubModel { get; }

    public new TCalibrator Calibrator { get; }
}

/// <inheritdoc/>
internal sealed class CalibratedModel<TSubModel, TCalibrator>(TSubModel subModel, TCalibrator calibrator)
    : CalibratedModelParametersBase<TSubModel, TCalibrator>(subModel, calibrator), IScalarModel, IProbabilisticModel, ICanSaveModel
    where TSubModel : class
    where TCalibrator : class, ICalibrator
{
    ICalibrator IProbabilisticModel.Calibrator => Calibrator;

    RowMap<VBuffer<float>, float> IScalarModel.OpenScorer() => ((IScalarModel)SubModel).OpenScorer();

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.Begin(CalibratedModels.Kind, 1);
        ctx.Save(SubModel);
        CalibratorFormat.Save(ctx, Calibrator);
    }
}
