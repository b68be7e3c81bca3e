using FeatureTransfer.Heads;

namespace FeatureTransfer.Pipelines;

/// <summary>
/// Sets of labels that hold the right one with a chosen probability, if rows to come are drawn as the training rows were: conformal prediction (Vovk and others 2005), its
/// limit found on the predictions of the cross-validation (Vovk 2015, "Cross-conformal predictors"). Immutable.
/// </summary>
public sealed record ConformalOptions
{
    /// <summary>The share of rows whose set is to hold their label, above 0 and below 1. Default 0.9.</summary>
    public double Coverage { get; init; } = 0.9;

    /// <summary>
    /// How labels are ranked into a set: <see cref="ConformalMethod.LeastAmbiguous"/> (Sadinle and others 2019) gives the smallest sets, <see cref="ConformalMethod.Adaptive"/>
    /// (Romano and others 2020) covers hard rows nearly as often as easy ones. Default the former.
    /// </summary>
    public ConformalMethod Method { get; init; }
}

/// <summary>
/// When a row is called unknown: the limit is found on the predictions of the cross-validation, such that few rows of known labels are beyond it. Immutable.
/// </summary>
public sealed record UnknownOptions
{
    /// <summary>
    /// What tells: a column of logits, which counts by its energy (Liu and others 2020), or one of a number that is higher for what is less known, such as that of
    /// <c>ClassDistance</c> (Lee and others 2018). Default <c>Logits</c>.
    /// </summary>
    public string Column { get; init; } = "Logits";

    /// <summary>The share of rows of known labels that may be called unknown, above 0 and below 1. Default 0.05.</summary>
    public double FalseAlarm { get; init; } = 0.05;
}
