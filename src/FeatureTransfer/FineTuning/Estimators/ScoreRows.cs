namespace FeatureTransfer.FineTuning;

/// <summary>The columns for yes or no.</summary>
internal sealed class YesNoRow
{
    public float Score { get; set; }

    public float Probability { get; set; }

    public bool PredictedLabel { get; set; }
}

/// <summary>The column for a number.</summary>
internal sealed class NumberRow
{
    public float Score { get; set; }
}
