namespace Microsoft.ML.Trainers.FastTree;

/// <summary>The settings of the trainers that average trees grown apart.</summary>
public abstract class FastForestOptionsBase : TreeOptions
{
    /// <summary>How many labels each leaf keeps, for quantiles.</summary>
    public int NumberOfQuantileSamples = 100;

    private protected FastForestOptionsBase()
    {
        FeatureFraction = 0.7;
        BaggingSize = 1;
        FeatureFractionPerSplit = 0.7;
    }

    internal override void Verify()
    {
        base.Verify();
        Check.Param(NumberOfQuantileSamples >= 0, nameof(NumberOfQuantileSamples), "Must be non-negative.");
    }
}
