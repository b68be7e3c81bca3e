using FeatureTransfer.Pipelines.Data;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>What one way to train on the source came to.</summary>
/// <param name="Result">How it did on held-out rows of the target; null where they have no labels.</param>
/// <param name="LabelFree">What is measured without labels; null where there are some.</param>
/// <param name="Model">The trained steps, behind the target's map where there is one; null without labels.</param>
/// <param name="Labels">The model's labels, in the order of its scores.</param>
internal sealed record DomainOutcome(EvaluationResult? Result, LabelFreeScores? LabelFree, TransformerChain<ITransformer>? Model, IReadOnlyList<string> Labels) : IDisposable
{
    public string Name { get; init; } = DomainComparison.SourceOnly;

    /// <summary>The frozen steps before the model where they are not the pipeline's; null where they are.</summary>
    public TransformerChain<ITransformer>? Frozen { get; init; }

    /// <summary>What the model says of the rows that judge; null where they have no labels.</summary>
    public ScoredRows? Scored { get; init; }

    /// <summary>Whether it learned from the source's rows. Default true.</summary>
    public bool LearnedSource { get; init; } = true;

    /// <summary>The target's rows whose labels it learned from.</summary>
    public Table LearnedTarget { get; init; } = new(0);

    /// <summary>How far apart the domains are by the features that the trainer sees.</summary>
    public double? Distance { get; init; }

    /// <summary>Which held-out rows it is right about; null where they have no labels.</summary>
    public IReadOnlyList<bool>? Right { get; } = Result?.Predictions.Select(row => row.Label == row.Predicted).ToList();

    public void Dispose()
    {
        if (Model is not null)
            new ModelParts(Model).Dispose();
        if (Frozen is not null)
            new Extractors(Frozen).Dispose();
    }
}
