namespace FeatureTransfer.Pipelines;

/// <summary>How few labels a class are drawn from the training rows, and how often: the chain is trained on each draw, and the held-out rows judge. Immutable.</summary>
public sealed record FewShotDraws
{
    /// <summary>Labels a class; a size that a class has too few training rows for is left out. Default 1, 2, 4, 8 and 16.</summary>
    public ValueList<int> Shots { get; init; } = [1, 2, 4, 8, 16];

    /// <summary>How often rows are drawn, at least 2. Default 20.</summary>
    public int Repeats { get; init; } = 20;
}
