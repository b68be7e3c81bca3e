namespace Microsoft.ML.Calibrators;

/// <summary>A logistic function of the score: 1 / (1 + exp(slope · score + offset)).</summary>
public sealed class PlattCalibrator : ICalibrator, ICanSaveModel
{
    internal const string Kind = "platt-calibrator";

    internal PlattCalibrator(double slope, double offset)
    {
        Slope = slope;
        Offset = offset;
    }

    public double Slope { get; }

    public double Offset { get; }

    public float PredictProbability(float output) => float.IsNaN(output) ? output : (float)(1 / (1 + Math.Exp((Slope * output) + Offset)));

    internal static PlattCalibrator Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new(ctx.Reader.ReadDouble(), ctx.Reader.ReadDouble());
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(Slope);
        ctx.Writer.Write(Offset);
    }
}
