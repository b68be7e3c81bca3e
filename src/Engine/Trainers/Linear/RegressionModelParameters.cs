namespace Microsoft.ML.Trainers;

/// <summary>Base of linear models of a number.</summary>
public abstract class RegressionModelParameters : LinearModelParameters
{
    private protected RegressionModelParameters(float[] weights, float bias)
        : base(weights, bias)
    {
    }
}

/// <summary>A linear model of a number.</summary>
public sealed class LinearRegressionModelParameters : RegressionModelParameters
{
    internal const string Kind = "linear-regression";

    internal LinearRegressionModelParameters(float[] weights, float bias)
        : base(weights, bias)
    {
    }

    internal static LinearRegressionModelParameters Load(ModelLoadContext ctx)
    {
        var (weights, bias) = Read(ctx, Kind);
        return new(weights, bias);
    }

    private protected override void SaveCore(ModelSaveContext ctx) => Write(ctx, Kind);
}

/// <summary>A linear model of the logarithm of a count.</summary>
public sealed class PoissonRegressionModelParameters : RegressionModelParameters
{
    internal const string Kind = "poisson-regression";

    internal PoissonRegressionModelParameters(float[] weights, float bias)
        : base(weights, bias)
    {
    }

    internal static PoissonRegressionModelParameters Load(ModelLoadContext ctx)
    {
        var (weights, bias) = Read(ctx, Kind);
        return new(weights, bias);
    }

    private protected override float Finish(float score) => MathF.Exp(score);

    private protected override void SaveCore(ModelSaveContext ctx) => Write(ctx, Kind);
}
