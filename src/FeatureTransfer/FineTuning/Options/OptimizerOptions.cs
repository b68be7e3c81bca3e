namespace FeatureTransfer.FineTuning;

/// <summary>The rules by which gradients become steps.</summary>
public enum OptimizerKind
{
    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2019, arXiv:1711.05101).</summary>
    AdamW,

    /// <summary>Adam (Kingma and Ba, 2015, arXiv:1412.6980); weight decay is an L2 penalty.</summary>
    Adam,

    /// <summary>Stochastic gradient descent with momentum; weight decay is an L2 penalty.</summary>
    Sgd,
}

/// <summary>How gradients become steps.</summary>
public sealed record OptimizerOptions
{
    /// <summary>The rule. Default <see cref="OptimizerKind.AdamW"/>.</summary>
    public OptimizerKind Kind { get; init; } = OptimizerKind.AdamW;

    /// <summary>The momentum of <see cref="OptimizerKind.Sgd"/>. Default 0.9.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Whether <see cref="OptimizerKind.Sgd"/> looks ahead (Nesterov, 1983; Sutskever and others, 2013). Default false.</summary>
    public bool Nesterov { get; init; }

    /// <summary>The decay of Adam's mean of gradients. Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>The decay of Adam's mean of squared gradients. Default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>What keeps Adam from dividing by zero. Default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Weight decay; biases and the weights of normalizations have none. Default 0.01.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>The longest norm of all gradients together; longer ones are scaled down to it (Pascanu and others, 2013). 0 is no limit. Default 1.</summary>
    public double ClipNorm { get; init; } = 1;
}
