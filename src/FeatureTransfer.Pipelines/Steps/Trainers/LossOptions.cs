using Microsoft.ML.Trainers;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Part of a step's options that is an object of its own in ML.NET's.</summary>
internal interface IOptionPart
{
    /// <summary>ML.NET's object.</summary>
    object Create();
}

/// <summary>What a linear classifier minimises, with ML.NET's names and defaults.</summary>
public abstract record ClassificationLossOptions : IOptionPart
{
    private protected ClassificationLossOptions()
    {
    }

    object IOptionPart.Create() => Create();

    internal abstract ISupportSdcaClassificationLoss Create();
}

/// <summary>The logistic loss.</summary>
public sealed record LogLossOptions : ClassificationLossOptions
{
    internal override ISupportSdcaClassificationLoss Create() => new LogLoss();
}

/// <summary>The hinge loss, of support vector machines.</summary>
public sealed record HingeLossOptions : ClassificationLossOptions
{
    /// <summary>The score from which on a row costs nothing. Default 1.</summary>
    public float Margin { get; init; } = 1;

    internal override ISupportSdcaClassificationLoss Create() => new HingeLoss(Margin);
}

/// <summary>The hinge loss with a round corner.</summary>
public sealed record SmoothedHingeLossOptions : ClassificationLossOptions
{
    /// <summary>How wide the corner is; 0 is the hinge loss. Default 1.</summary>
    public float SmoothingConstant { get; init; } = 1;

    internal override ISupportSdcaClassificationLoss Create() => new SmoothedHingeLoss(SmoothingConstant);
}

/// <summary>What a linear regression minimises, with ML.NET's names and defaults.</summary>
public abstract record RegressionLossOptions : IOptionPart
{
    private protected RegressionLossOptions()
    {
    }

    object IOptionPart.Create() => Create();

    internal abstract IRegressionLoss Create();
}

/// <summary>The square of the error.</summary>
public sealed record SquaredLossOptions : RegressionLossOptions
{
    internal override IRegressionLoss Create() => new SquaredLoss();
}

/// <summary>The loss of counts, by the Poisson distribution.</summary>
public sealed record PoissonLossOptions : RegressionLossOptions
{
    internal override IRegressionLoss Create() => new PoissonLoss();
}

/// <summary>The loss of amounts that are often 0, by the Tweedie distribution.</summary>
public sealed record TweedieLossOptions : RegressionLossOptions
{
    /// <summary>The distribution's index, from 1, Poisson, to 2, gamma. Default 1.5.</summary>
    public double Index { get; init; } = 1.5;

    internal override IRegressionLoss Create() => new TweedieLoss(Index);
}
