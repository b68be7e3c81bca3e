namespace FeatureTransfer.Pipelines.Comparing;

/// <summary>A held-out row and what a run said of it.</summary>
/// <param name="Input">What the row is called by.</param>
/// <param name="Label">The truth.</param>
/// <param name="Predicted">The answer.</param>
/// <param name="Distance">How wrong it is: 0 or 1 where it is right or wrong, else how far the number is off.</param>
internal sealed record JudgedRow(string Input, string Label, string Predicted, double Distance)
{
    /// <summary>The rows by what runs know them by: their names and labels, and a count where several have the same.</summary>
    public static IReadOnlyDictionary<(string Input, string Label, int Turn), JudgedRow> Index(IReadOnlyList<JudgedRow> rows) => rows
        .GroupBy(row => (row.Input, row.Label))
        .SelectMany(same => same.Select((row, turn) => (Key: (row.Input, row.Label, turn), Row: row)))
        .ToDictionary(row => row.Key, row => row.Row);
}
