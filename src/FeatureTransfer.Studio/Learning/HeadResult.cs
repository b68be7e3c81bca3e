using FeatureTransfer.Diagnostics;

namespace FeatureTransfer.Studio.Learning;

/// <summary>What training said of all rows. A labelled row is answered for by a model that has not learned from it.</summary>
internal sealed record HeadResult
{
    /// <summary>The model of all labelled rows.</summary>
    public required Head Head { get; init; }

    /// <summary>The classes, in the order of the probabilities.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The probabilities of each row; null where it has no features, or is the only one of its class.</summary>
    public required IReadOnlyList<float[]?> Probabilities { get; init; }

    /// <summary>The labels that were learned from; null where a row had none, or no features.</summary>
    public required IReadOnlyList<string?> Labels { get; init; }

    /// <summary>Labels that are probably wrong, the most doubtful first.</summary>
    public required IReadOnlyList<DoubtedLabel> Doubts { get; init; }

    /// <summary>The labelled rows that a model which had not seen them answered for.</summary>
    public IEnumerable<int> Judged => Enumerable.Range(0, Labels.Count).Where(row => Labels[row] is not null && Probabilities[row] is not null);

    /// <summary>The share of these that it was right about; null where there are none.</summary>
    public double? Accuracy => Judged.Select(row => (double?)(Answer(row) == Labels[row] ? 1 : 0)).Average();

    /// <summary>The likeliest class of a row; null where there is no answer.</summary>
    public string? Answer(int row) => Likeliest(row) is { } place ? Classes[place] : null;

    /// <summary>How probable that class is.</summary>
    public float Confidence(int row) => Likeliest(row) is { } place ? Probabilities[row]![place] : 0;

    private int? Likeliest(int row) => row < Probabilities.Count && Probabilities[row] is { } shares ? Array.IndexOf(shares, shares.Max()) : null;
}
