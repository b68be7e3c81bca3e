using FeatureTransfer.Heads;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Boosting for a target domain with few labels beside a source with many.</summary>
public sealed record TrAdaBoostStep() : HeadStep(new TrAdaBoostOptions())
{
    /// <summary>The domain: text. Default <c>Domain</c>.</summary>
    public string DomainColumn { get; init; } = "Domain";

    /// <summary>What the column says of the domain with many labels. Default <c>source</c>.</summary>
    public string Source { get; init; } = "source";

    /// <summary>How many rounds there are. Default 20.</summary>
    public int Rounds { get; init; }

    /// <summary>The penalty of each round. Default 1.</summary>
    public double Alpha { get; init; }
}
