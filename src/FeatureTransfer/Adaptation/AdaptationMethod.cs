namespace FeatureTransfer.Adaptation;

/// <summary>How features of two domains are brought together.</summary>
public enum AdaptationMethod
{
    /// <summary>Each domain's features to mean 0 and variance 1: what the others have to beat.</summary>
    Standardize,

    /// <summary>The source's mean and covariance become the target's. Sun and others, "Return of Frustratingly Easy Domain Adaptation" (2016).</summary>
    Coral,

    /// <summary>The source's principal axes are turned to the target's. Fernando and others, "Unsupervised Visual Domain Adaptation Using Subspace Alignment" (2013).</summary>
    SubspaceAlignment,

    /// <summary>
    /// Directions in which rows vary and the domains' means agree: transfer component analysis with a linear kernel. Pan and others, "Domain Adaptation via
    /// Transfer Component Analysis" (2011).
    /// </summary>
    Tca,

    /// <summary>
    /// Source rows move to where the entropic transport plan (Cuturi 2013) takes them. Courty and others, "Optimal Transport for Domain Adaptation" (2017).
    /// </summary>
    OptimalTransport,
}
