namespace Microsoft.ML.Calibrators;

/// <summary>The share of positive rows among those whose scores fall into the same bin.</summary>
public sealed class NaiveCalibrator : ICalibrator
{
    internal const string Kind = "naive-calibrator";

    /// <summary>The width of a bin.</summary>
    public readonly float BinSize;

    /// <summary>Where the first bin begins.</summary>
    public readonly float Min;

    private readonly float[] _probabilities;

    internal NaiveCalibrator(float min, float binSize, float[] probabilities)
    {
        Min = min;
        BinSize = binSize;
        _probabilities = probabilities;
    }

    public IReadOnlyList<float> BinProbs => _probabilities;

    public float PredictProbability(float output) => float.IsNaN(output) ? output : _probabilities[Bin(output, Min, BinSize, _probabilities.Length)];

    internal static int Bin(float score, float min, float size, int bins) => size > 0 ? Math.Clamp((int)((score - min) / size), 0, bins - 1) : 0;

    internal static NaiveCalibrator Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new(ctx.Reader.ReadSingle(), ctx.Reader.ReadSingle(), ctx.Reader.ReadArray<float>());
    }

    internal void Save(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(Min);
        ctx.Writer.Write(BinSize);
        ctx.Writer.WriteArray(_probabilities);
    }
}
