namespace FeatureTransfer.Pipelines.Bundles;

/// <summary>An answer as it is written in JSON, where what does not belong to the bundle's task is left out.</summary>
internal sealed record Answer
{
    /// <summary>What was asked about.</summary>
    public string? Input { get; init; }

    /// <summary>The label.</summary>
    public string? Label { get; init; }

    /// <summary>The labels, in a task with several a row.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The number, in a task that predicts one.</summary>
    public float? Number { get; init; }

    /// <summary>The probability of the label, 0 to 1, or its score where the trainer gives no probabilities.</summary>
    public float? Confidence { get; init; }

    /// <summary>How far the row is on the positive side, in a task with two answers.</summary>
    public float? Score { get; init; }

    /// <summary>The probability that the row is positive, in a task with two answers.</summary>
    public float? Probability { get; init; }

    /// <summary>From where on a row is called positive, or is given a label.</summary>
    public double? Threshold { get; init; }

    /// <summary>Whether the costly chain of a gate answered.</summary>
    public bool? Costly { get; init; }

    /// <summary>Whether a person is to be asked.</summary>
    public bool? Asked { get; init; }

    /// <summary>The labels that come into question.</summary>
    public IReadOnlyList<string>? Set { get; init; }

    /// <summary>How unlike the rows that taught the model the input is.</summary>
    public float? Novelty { get; init; }

    /// <summary>Whether the input is like none that the model knows.</summary>
    public bool? Unknown { get; init; }

    /// <summary>The score of every label.</summary>
    public IReadOnlyDictionary<string, float>? Scores { get; init; }

    /// <summary>The labels with the highest scores, in the place of all scores.</summary>
    public IReadOnlyList<LabelScore>? Top { get; init; }

    /// <summary>Why there is no answer; then nothing else is set but the input.</summary>
    public string? Error { get; init; }
}
