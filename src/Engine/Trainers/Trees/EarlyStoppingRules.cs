namespace Microsoft.ML.Trainers.FastTree;

/// <summary>
/// Decides from the errors on validation and training rows whether to stop; smaller is better. The rules are those of
/// L. Prechelt, "Early Stopping - But When?" (1998).
/// </summary>
public abstract class EarlyStoppingRuleBase
{
    private protected EarlyStoppingRuleBase()
    {
    }

    /// <summary>Whether to stop after these errors, and whether this is the best place so far.</summary>
    public abstract bool CheckScore(float validationScore, float trainingScore, out bool isBestCandidate);

    /// <summary>A rule with the same settings that has seen nothing.</summary>
    internal abstract EarlyStoppingRuleBase Fresh();
}

/// <inheritdoc/>
public abstract class EarlyStoppingRule : EarlyStoppingRuleBase
{
    private protected EarlyStoppingRule()
    {
    }

    /// <summary>The least validation error seen.</summary>
    private protected float Best { get; private set; } = float.PositiveInfinity;

    /// <summary>How far the error is above the least, as a share of the least.</summary>
    private protected float Loss(float validationScore) => Best == 0 ? validationScore : (validationScore / Best) - 1;

    private protected bool See(float validationScore)
    {
        bool better = validationScore < Best;
        if (better)
            Best = validationScore;
        return better;
    }
}

/// <summary>Stops where the validation error is above the least one by more than the threshold.</summary>
public sealed class TolerantEarlyStoppingRule : EarlyStoppingRule
{
    public TolerantEarlyStoppingRule(float threshold = 0.01f)
    {
        Check.Param(threshold >= 0, nameof(threshold), "Must be non-negative.");
        Threshold = threshold;
    }

    public float Threshold { get; }

    public override bool CheckScore(float validationScore, float trainingScore, out bool isBestCandidate)
    {
        isBestCandidate = See(validationScore);
        return validationScore - Best > Threshold;
    }

    internal override EarlyStoppingRuleBase Fresh() => new TolerantEarlyStoppingRule(Threshold);
}

/// <summary>Stops where the validation error is above the least one by more than this share of it.</summary>
public sealed class GeneralityLossRule : EarlyStoppingRule
{
    public GeneralityLossRule(float threshold = 0.01f)
    {
        Check.Param(threshold is >= 0 and <= 1, nameof(threshold), "Must be in [0, 1].");
        Threshold = threshold;
    }

    public float Threshold { get; }

    public override bool CheckScore(float validationScore, float trainingScore, out bool isBestCandidate)
    {
        isBestCandidate = See(validationScore);
        return Loss(validationScore) > Threshold;
    }

    internal override EarlyStoppingRuleBase Fresh() => new GeneralityLossRule(Threshold);
}

/// <summary>Stops where the validation error has risen so many times in a row.</summary>
public sealed class ConsecutiveGeneralityLossRule : EarlyStoppingRule
{
    private int _rises;
    private float _previous = float.PositiveInfinity;

    public ConsecutiveGeneralityLossRule(int windowSize = 5)
    {
        Check.Param(windowSize > 0, nameof(windowSize), "Must be positive.");
        WindowSize = windowSize;
    }

    public int WindowSize { get; }

    public override bool CheckScore(float validationScore, float trainingScore, out bool isBestCandidate)
    {
        isBestCandidate = See(validationScore);
        _rises = validationScore > _previous ? _rises + 1 : 0;
        _previous = validationScore;
        return _rises >= WindowSize;
    }

    internal override EarlyStoppingRuleBase Fresh() => new ConsecutiveGeneralityLossRule(WindowSize);
}
