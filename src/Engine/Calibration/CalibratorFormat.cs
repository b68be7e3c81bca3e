namespace Microsoft.ML.Calibrators;

/// <summary>Calibrators in a model file.</summary>
internal static class CalibratorFormat
{
    public static void Save(ModelSaveContext ctx, ICalibrator calibrator)
    {
        switch (calibrator)
        {
            case IsotonicCalibrator isotonic:
                isotonic.Save(ctx);
                break;
            case NaiveCalibrator naive:
                naive.Save(ctx);
                break;
            default:
                ctx.Save(calibrator);
                break;
        }
    }
}
