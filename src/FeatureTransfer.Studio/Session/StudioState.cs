using FeatureTransfer.Studio.Learning;
using FeatureTransfer.Studio.Rows;

namespace FeatureTransfer.Studio.Session;

/// <summary>All that a page shows, at one moment. It never changes; the session has a new one after each action.</summary>
internal sealed record StudioState
{
    /// <summary>The rows. None ever goes away or moves while the studio runs, so a number stands for a row.</summary>
    public IReadOnlyList<FolderRow> Rows { get; init; } = [];

    /// <summary>The label of each row; null where there is none.</summary>
    public IReadOnlyList<string?> Labels { get; init; } = [];

    /// <summary>The labels in use, in the order in which they were first given: their keys stay the same.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>What the features say.</summary>
    public FeatureFacts Facts { get; init; } = FeatureFacts.None;

    /// <summary>What training said; null before it.</summary>
    public HeadResult? Result { get; init; }

    /// <summary>Whether labels have changed since.</summary>
    public bool IsStale { get; init; }

    /// <summary>Rows whose label was doubted, and given once more: it is right.</summary>
    public IReadOnlySet<int> Confirmed { get; init; } = new HashSet<int>();

    /// <summary>What to label next, the most telling first.</summary>
    public IReadOnlyList<int> Next { get; init; } = [];

    /// <summary>Why rows cannot be read.</summary>
    public IReadOnlyDictionary<int, string> Unreadable { get; init; } = new Dictionary<int, string>();

    /// <summary>Backbones that were compared on the labelled rows.</summary>
    public IReadOnlyList<Comparison> Compared { get; init; } = [];

    /// <summary>The backbone in use.</summary>
    public string Backbone { get; init; } = "";

    /// <summary>What is being done in the background; null is nothing.</summary>
    public WorkProgress? Work { get; init; }

    /// <summary>What went wrong last, for people to read; null is nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>What was done last, for people to read.</summary>
    public string Notice { get; init; } = "";

    /// <summary>What the last export reached; null before there is one.</summary>
    public string? Exported { get; init; }

    public bool CanUndo { get; init; }

    public bool CanRedo { get; init; }

    /// <summary>The rows that have a label.</summary>
    public int LabelledCount => Labels.Count(label => label is not null);

    /// <summary>Labelled rows that a model which had not seen them answered otherwise for, and that still have that label.</summary>
    public IEnumerable<int> Mistakes => Result is { } result ? result.Judged.Where(row => result.Labels[row] == Labels[row] && result.Answer(row) != Labels[row]) : [];

    /// <summary>Rows whose label is probably wrong, and was neither changed nor confirmed since.</summary>
    public IEnumerable<int> Doubtful => Result is { } result ? result.Doubts.Select(doubt => doubt.Row).Where(row => result.Labels[row] == Labels[row] && !Confirmed.Contains(row)) : [];

    /// <summary>Rows that are nearly the same as others, group by group.</summary>
    public IEnumerable<int> Duplicates => Facts.Duplicates.SelectMany(group => group);
}

/// <summary>How well a backbone does.</summary>
/// <param name="Backbone">Its id.</param>
/// <param name="Accuracy">The share of labelled rows that a model which had not seen them was right about.</param>
/// <param name="Rows">How many these were.</param>
internal sealed record Comparison(string Backbone, double Accuracy, int Rows);
