namespace FeatureTransfer.Heads;

/// <summary>A classifier whose decisions are no probabilities of their own accord.</summary>
public abstract record CalibratedHeadOptions : HeadOptions
{
    private protected CalibratedHeadOptions()
    {
    }

    /// <summary>
    /// Whether the decisions are divided by a temperature (Guo and others 2017) that is fitted on rows held out in turn, in three folds: the answers
    /// stay the same, and <c>Score</c> means what it says. It takes three more fits; with a single row a class there is nothing to hold out and the
    /// temperature is 1. Default true.
    /// </summary>
    public bool Calibrate { get; init; } = true;

    internal override int CalibrationFolds => Calibrate ? 3 : 0;
}
