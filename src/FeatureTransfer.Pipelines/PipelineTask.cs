namespace FeatureTransfer.Pipelines;

/// <summary>What a pipeline learns to predict: it decides how the label is read, how rows are split and which metrics count.</summary>
public enum PipelineTask
{
    /// <summary>One of several classes; the label is a text that becomes a key.</summary>
    Multiclass,

    /// <summary>Yes or no; the label is a boolean.</summary>
    Binary,

    /// <summary>A number; the label is a number.</summary>
    Regression,

    /// <summary>Any of several classes at once; the label is a vector of booleans.</summary>
    MultiLabel,
}
