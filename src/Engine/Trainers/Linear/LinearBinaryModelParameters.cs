namespace Microsoft.ML.Trainers;

/// <summary>A linear model of two classes; its score is positive for the positive class.</summary>
public sealed class LinearBinaryModelParameters : LinearModelParameters
{
    internal const string Kind = "linear-binary";

    /// <summary>Figures of the training, where they were asked for.</summary>
    public readonly ModelStatisticsBase? Statistics;

    internal LinearBinaryModelParameters(float[] weights, float bias, ModelStatisticsBase? statistics = null)
        : base(weights, bias)
    {
        Statistics = statistics;
    }

    internal static LinearBinaryModelParameters Load(ModelLoadContext ctx)
    {
        var (weights, bias) = Read(ctx, Kind);
        return new(weights, bias, ctx.Reader.ReadBoolean() ? ctx.Load<ModelStatisticsBase>() : null);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        Write(ctx, Kind);
        ctx.Writer.Write(Statistics is not null);
        if (Statistics is not null)
            ctx.Save(Statistics);
    }
}
