namespace FeatureTransfer.FineTuning;

/// <summary>What is learned.</summary>
public enum FineTuneTask
{
    /// <summary>One class of several a row: the label is a key.</summary>
    Multiclass,

    /// <summary>Yes or no: the label is a boolean.</summary>
    Binary,

    /// <summary>Any number of classes a row: the label is a vector of booleans or of 0 and 1.</summary>
    MultiLabel,

    /// <summary>A number: the label is one.</summary>
    Regression,
}
