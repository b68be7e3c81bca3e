namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A linear model trained by stochastic dual coordinate ascent (Shalev-Shwartz and Zhang, 2013).</summary>
public abstract record SdcaStep : WeightedTrainerStep
{
    /// <summary>The weight of the L2 penalty; null, the default, is chosen by the data.</summary>
    public float? L2Regularization { get; init; }

    /// <summary>The weight of the L1 penalty; null, the default, is chosen by the data.</summary>
    public float? L1Regularization { get; init; }

    /// <summary>The most passes over the rows; null, the default, is chosen by the data.</summary>
    public int? MaximumNumberOfIterations { get; init; }
}

/// <summary>Multinomial logistic regression by SDCA.</summary>
public sealed record SdcaMaximumEntropyStep : SdcaStep;

/// <summary>Linear multiclass classification by SDCA, whose scores are no probabilities.</summary>
public sealed record SdcaNonCalibratedStep : SdcaStep;

/// <summary>Logistic regression of two classes by SDCA.</summary>
public sealed record SdcaLogisticRegressionStep : SdcaStep, IBinaryTrainerStep;
