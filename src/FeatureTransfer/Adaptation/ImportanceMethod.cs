namespace FeatureTransfer.Adaptation;

/// <summary>How the ratio of the target's density to the source's is estimated.</summary>
public enum ImportanceMethod
{
    /// <summary>By the odds of a logistic regression that tells the domains apart. Bickel and others, "Discriminative Learning for Differing Training and Test Distributions" (2007).</summary>
    DomainClassifier,

    /// <summary>
    /// A sum of Gaussian kernels around target rows with the largest likelihood of the target, the width chosen by cross-validation. Sugiyama and others, "Direct
    /// Importance Estimation for Covariate Shift Adaptation" (2008).
    /// </summary>
    Kliep,

    /// <summary>Weights under which the source's mean in the space of a Gaussian kernel is the target's. Huang and others, "Correcting Sample Selection Bias by Unlabeled Data" (2007).</summary>
    KernelMeanMatching,
}
