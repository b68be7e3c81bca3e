namespace FeatureTransfer.FineTuning;

/// <summary>How a network learns features that do not tell two domains apart.</summary>
public enum DomainAlignmentMethod
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>
    /// A classifier learns to tell the domains apart, and its reversed gradient teaches the features to prevent that (Ganin and others, 2016,
    /// "Domain-Adversarial Training of Neural Networks").
    /// </summary>
    Adversarial,

    /// <summary>The covariances of the domains become alike (Sun and Saenko, 2016, "Deep CORAL").</summary>
    Coral,

    /// <summary>
    /// The maximum mean discrepancy of the domains becomes small, with Gaussian kernels of five widths around the mean distance (Long and others, 2015,
    /// "Learning Transferable Features with Deep Adaptation Networks").
    /// </summary>
    MeanDiscrepancy,
}

/// <summary>
/// Trains on labelled rows of a source and on rows of a target whose labels are not read: in the second phase each batch holds as many of either, and what the head
/// reads is to be distributed alike in both. Rows of the source alone judge. For one class a row.
/// </summary>
public sealed record DomainAlignmentOptions
{
    /// <summary>The method. Default <see cref="DomainAlignmentMethod.None"/>.</summary>
    public DomainAlignmentMethod Method { get; init; } = DomainAlignmentMethod.None;

    /// <summary>The column that names each row's domain: text. Default <c>Domain</c>.</summary>
    public string DomainColumnName { get; init; } = "Domain";

    /// <summary>The name of the target domain; all other rows are the source's. Default <c>target</c>.</summary>
    public string Target { get; init; } = "target";

    /// <summary>
    /// How much alignment counts beside the loss of the labels, above 0. It rises to this from 0 in the course of the second phase, as Ganin and others do. Default 1.
    /// </summary>
    public double Weight { get; init; } = 1;

    /// <summary>The width of the hidden layer of the classifier of <see cref="DomainAlignmentMethod.Adversarial"/>. Default 64.</summary>
    public int Hidden { get; init; } = 64;

    /// <summary>Whether anything is aligned.</summary>
    public bool IsOn => Method != DomainAlignmentMethod.None;
}
