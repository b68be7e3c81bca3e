namespace FeatureTransfer.Pipelines;

/// <summary>A bundle's answer for one input. Exactly one of <see cref="Label" /> and <see cref="Error" /> is set.</summary>
public sealed record Prediction
{
    /// <summary>The input, as a path.</summary>
    public required string Input { get; init; }

    /// <summary>
    /// The answer as text: a label, several joined by the separator (none is empty), or a number; null when the input could not be read. With one of
    /// several classes it is empty where no label reaches the bundle's threshold, and where <see cref="Asked" /> or <see cref="Unknown" /> is true.
    /// </summary>
    public string? Label { get; init; }

    /// <summary>
    /// The probability of <see cref="Label" />, 0 to 1, or its score where the trainer gives no probabilities; with several labels a row the mean
    /// over all labels of the probability of what was said of each. Null where the answer is a number, and when the input could not be read.
    /// </summary>
    public double? Confidence { get; init; }

    /// <summary>
    /// The score of every label, in the order of the bundle's labels: of a task with two answers first the negative label's. Where the answer is a
    /// number, that number alone. Empty when the input could not be read.
    /// </summary>
    public IReadOnlyList<float> Scores { get; init; } = [];

    /// <summary>The trainer's own score, where it is one: the number predicted, or how far a row is on the positive side; null in other tasks.</summary>
    public float? Score { get; init; }

    /// <summary>The probability that the row is positive, 0 to 1; null where the trainer gives none, and in other tasks.</summary>
    public float? Probability { get; init; }

    /// <summary>Whether the costly chain of a gate answered; null where the bundle does not end in a gate, and when the input could not be read.</summary>
    public bool? Costly { get; init; }

    /// <summary>Whether a gate is so unsure that a person is to be asked. Default false.</summary>
    public bool Asked { get; init; }

    /// <summary>The labels that come into question, the likeliest first; empty where none fits as it usually does. Null where the pipeline has no <see cref="EvaluationOptions.Conformal" />.</summary>
    public IReadOnlyList<string>? Set { get; init; }

    /// <summary>How unlike the rows that taught the model the input is, by the column that <see cref="EvaluationOptions.Unknown" /> names; null where it names none.</summary>
    public float? Novelty { get; init; }

    /// <summary>Whether the input is like none that the model knows; null where the pipeline has no <see cref="EvaluationOptions.Unknown" />.</summary>
    public bool? Unknown { get; init; }

    /// <summary>What the trainer read; null where the bundle was not opened for that, and when the input could not be read.</summary>
    internal IReadOnlyList<float>? Features { get; init; }

    /// <summary>Why the input could not be read; null when it was.</summary>
    public string? Error { get; init; }
}

/// <summary>A label with its score.</summary>
/// <param name="Label">The label.</param>
/// <param name="Score">The score: a probability, 0 to 1, where the trainer gives these.</param>
public sealed record LabelScore(string Label, float Score);
