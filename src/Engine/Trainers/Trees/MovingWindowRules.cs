namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Base of the rules that look at the training errors of the last rounds.</summary>
public abstract class MovingWindowRule : EarlyStoppingRule
{
    private readonly Queue<float> _window = new();

    private protected MovingWindowRule(float threshold, int windowSize)
    {
        Check.Param(threshold >= 0, nameof(threshold), "Must be non-negative.");
        Check.Param(windowSize > 0, nameof(windowSize), "Must be positive.");
        Threshold = threshold;
        WindowSize = windowSize;
    }

    public float Threshold { get; }

    public int WindowSize { get; }

    /// <summary>How far the mean of the last training errors is above the least of them; null until there are enough.</summary>
    private protected float? Progress(float trainingScore)
    {
        _window.Enqueue(trainingScore);
        if (_window.Count < WindowSize)
            return null;
        float least = _window.Min();
        float progress = least == 0 ? 0 : (_window.Average() / least) - 1;
        _window.Dequeue();
        return progress;
    }
}

/// <summary>Stops where the training error hardly falls.</summary>
public sealed class LowProgressRule : MovingWindowRule
{
    public LowProgressRule(float threshold = 0.01f, int windowSize = 5)
        : base(threshold, windowSize)
    {
    }

    public override bool CheckScore(float validationScore, float trainingScore, out bool isBestCandidate)
    {
        isBestCandidate = See(validationScore);
        return Progress(trainingScore) <= Threshold;
    }

    internal override EarlyStoppingRuleBase Fresh() => new LowProgressRule(Threshold, WindowSize);
}

/// <summary>Stops where the validation error has risen by much, beside what the training error still falls.</summary>
public sealed class GeneralityToProgressRatioRule : MovingWindowRule
{
    public GeneralityToProgressRatioRule(float threshold = 0.01f, int windowSize = 5)
        : base(threshold, windowSize)
    {
    }

    public override bool CheckScore(float validationScore, float trainingScore, out bool isBestCandidate)
    {
        isBestCandidate = See(validationScore);
        return Loss(validationScore) > Threshold * Progress(trainingScore);
    }

    internal override EarlyStoppingRuleBase Fresh() => new GeneralityToProgressRatioRule(Threshold, WindowSize);
}
