namespace FeatureTransfer.Pipelines;

/// <summary>Models for a target domain that are trained otherwise than on adapted features of a source.</summary>
public enum TargetModel
{
    /// <summary>
    /// The target's features come from backbones whose batch normalizations have means and variances of the target's images (AdaBN, Li and others 2016); no label of the target is
    /// read. The backbones take images, and their normalizations are not folded into convolutions.
    /// </summary>
    AdaBN,

    /// <summary>Trained on the source's rows and the labelled ones of the target together.</summary>
    Joint,

    /// <summary>Trained on the labelled rows of the target alone.</summary>
    TargetOnly,

    /// <summary>Boosting on both (Dai and others 2007), which trusts less and less the rows of the source that are unlike the target; it takes the trainer's place.</summary>
    TrAdaBoost,

    /// <summary>
    /// The chain's step FineTune, with a classifier of the domains whose reversed gradient teaches the backbone (DANN, Ganin and others 2016); no label of the target is read. So
    /// it is with the next two. Where the chain fine-tunes, source-only is the same without alignment.
    /// </summary>
    Adversarial,

    /// <summary>The chain's step FineTune, with the distance of the domains' covariances in the loss (Deep CORAL, Sun and Saenko 2016).</summary>
    DeepCoral,

    /// <summary>The chain's step FineTune, with the maximum mean discrepancy of the domains in the loss (DAN, Long and others 2015).</summary>
    MeanDiscrepancy,
}
