using FeatureTransfer.Adaptation;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A step that learns from the features of a source and a target domain.</summary>
public abstract record DomainStep : PipelineStep
{
    /// <summary>The features: a vector. Default <c>Features</c>.</summary>
    public string FeatureColumn { get; init; } = "Features";

    /// <summary>The domain: text. Default <c>Domain</c>.</summary>
    public string DomainColumn { get; init; } = "Domain";

    /// <summary>What the column says of the source. Default <c>source</c>.</summary>
    public string Source { get; init; } = "source";

    /// <summary>What the column says of the target; an empty value counts as it. Default <c>target</c>.</summary>
    public string Target { get; init; } = "target";

    /// <summary>The most rows of a domain for methods whose time grows with their square. Default 1000.</summary>
    public int MaximumRows { get; init; } = 1000;
}

/// <summary>Maps the features of two domains so that what is trained on the one works on the other.</summary>
public sealed record AdaptFeaturesStep : DomainStep
{
    /// <summary>The column that is added. Default <c>Features</c>.</summary>
    public string Output { get; init; } = "Features";

    /// <summary>The method. Default <see cref="AdaptationMethod.Coral"/>.</summary>
    public AdaptationMethod Method { get; init; } = AdaptationMethod.Coral;

    /// <summary>Whether features are standardized first. Default true.</summary>
    public bool StandardizeFirst { get; init; } = true;

    /// <summary>The length of the vectors of subspace alignment and TCA. Default 64.</summary>
    public int Components { get; init; } = 64;

    /// <summary>See <see cref="AdaptFeaturesOptions.Regularization"/>; null, the default, is the method's.</summary>
    public double? Regularization { get; init; }
}

/// <summary>Weighs rows of a source domain by how much likelier they are in the target; a trainer takes the weights as <c>exampleWeightColumn</c>.</summary>
public sealed record ImportanceWeightsStep : DomainStep
{
    /// <summary>The column that is added. Default <c>Weight</c>.</summary>
    public string Output { get; init; } = "Weight";

    /// <summary>The method. Default <see cref="ImportanceMethod.DomainClassifier"/>.</summary>
    public ImportanceMethod Method { get; init; } = ImportanceMethod.DomainClassifier;

    /// <summary>The largest weight. Default 20.</summary>
    public double MaximumWeight { get; init; } = 20;
}
