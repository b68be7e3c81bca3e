using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace Microsoft.ML.Calibrators;

/// <summary>Reading calibrated models back as what their trainers made.</summary>
internal static class CalibratedModels
{
    public const string Kind = "calibrated-model";

    public static CalibratedModelParametersBase Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return Join(ctx.Load<object>(), ctx.Load<ICalibrator>());
    }

    public static CalibratedModelParametersBase Join(object model, ICalibrator calibrator) => (model, calibrator) switch
    {
        (LinearBinaryModelParameters linear, PlattCalibrator platt) => new CalibratedModel<LinearBinaryModelParameters, PlattCalibrator>(linear, platt),
        (FastTreeBinaryModelParameters trees, PlattCalibrator platt) => new CalibratedModel<FastTreeBinaryModelParameters, PlattCalibrator>(trees, platt),
        _ => new CalibratedModel<object, ICalibrator>(model, calibrator),
    };
}
