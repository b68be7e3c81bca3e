namespace FeatureTransfer.Cascades;

/// <summary>Keeps the boxes whose score is high enough.</summary>
/// <param name="name">What to call it in messages.</param>
/// <param name="boxes">The boxes that it reads.</param>
/// <param name="scores">Their scores: a tensor (n).</param>
/// <param name="kept">The boxes that it gives.</param>
/// <param name="least">The score from which on a box is kept.</param>
public sealed class Threshold(string name, string boxes, string scores, string kept, float least)
    : CascadeStage(name, [new(boxes, CascadeKind.Boxes), new(scores, CascadeKind.Tensor) { Shape = [null] }], [new(kept, CascadeKind.Boxes)])
{
    /// <summary>The boxes that it reads.</summary>
    public string Boxes { get; } = boxes;

    /// <summary>Their scores.</summary>
    public string Scores { get; } = scores;

    /// <summary>The boxes that it gives.</summary>
    public string Kept { get; } = kept;

    /// <summary>The score from which on a box is kept.</summary>
    public float Least { get; } = least;

    /// <inheritdoc/>
    public override IReadOnlyList<object> Run(IReadOnlyList<object> inputs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var (boxes, scores) = ((CascadeTensor)inputs[0], (CascadeTensor)inputs[1]);
        var rows = Enumerable.Range(0, scores.Shape[0]).Where(row => scores.Values.Span[row] >= Least).ToList();
        return [new CascadeTensor(rows.SelectMany(row => boxes.Row(row).ToArray()).ToArray(), rows.Count, 4)];
    }
}
