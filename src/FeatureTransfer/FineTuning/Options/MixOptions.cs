namespace FeatureTransfer.FineTuning;

/// <summary>Where rows are mixed.</summary>
public enum MixPlace
{
    /// <summary>The images, as in the papers; the frozen part then runs in every epoch.</summary>
    Images,

    /// <summary>
    /// The activations where the trainable part begins (manifold mixup, Verma and others, 2019, arXiv:1806.05236), so that the frozen part runs once.
    /// </summary>
    Activations,
}

/// <summary>
/// Trains on mixtures of two rows and of their labels: mixup (Zhang and others, 2018, arXiv:1710.09412) adds them up, cutmix (Yun and
/// others, 2019, arXiv:1905.04899) puts a box of one into the other. With both on, each batch has either.
/// </summary>
public sealed record MixOptions
{
    /// <summary>Both parameters of the beta distribution that mixup's share comes from; 0 is no mixup. Default 0.</summary>
    public double MixupAlpha { get; init; }

    /// <summary>Both parameters of the beta distribution that the size of cutmix's box comes from; 0 is no cutmix. Default 0.</summary>
    public double CutmixAlpha { get; init; }

    /// <summary>The share of batches that are mixed. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Where rows are mixed. Default <see cref="MixPlace.Images"/>.</summary>
    public MixPlace Place { get; init; } = MixPlace.Images;

    /// <summary>Whether anything is mixed.</summary>
    public bool IsOn => (MixupAlpha > 0 || CutmixAlpha > 0) && Probability > 0;
}
