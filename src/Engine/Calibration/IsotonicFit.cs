namespace Microsoft.ML.Calibrators;

/// <summary>
/// Isotonic regression by pooling adjacent violators (M. Ayer and others, "An empirical distribution function for
/// sampling with incomplete information", Annals of Mathematical Statistics 26, 1955).
/// </summary>
internal static class IsotonicFit
{
    private readonly record struct Piece(float Min, float Max, double Hits, double Weight)
    {
        public double Share => Hits / Weight;

        public Piece With(Piece next) => new(Min, next.Max, Hits + next.Hits, Weight + next.Weight);
    }

    public static IsotonicCalibrator Fit(CalibrationRows data)
    {
        var pieces = new List<Piece>();
        foreach (var group in data.Rows.GroupBy(r => r.Score).OrderBy(g => g.Key))
        {
            var piece = new Piece(group.Key, group.Key, group.Sum(r => r.IsPositive ? r.Weight : 0.0), group.Sum(r => (double)r.Weight));
            while (pieces.Count > 0 && pieces[^1].Share >= piece.Share)
            {
                piece = pieces[^1].With(piece);
                pieces.RemoveAt(pieces.Count - 1);
            }
            pieces.Add(piece);
        }
        return new([.. pieces.Select(p => p.Min)], [.. pieces.Select(p => p.Max)], [.. pieces.Select(p => (float)p.Share)]);
    }
}
