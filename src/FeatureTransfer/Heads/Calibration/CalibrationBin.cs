namespace FeatureTransfer.Heads;

/// <summary>Answers of about the same confidence.</summary>
/// <param name="Rows">How many there are, 1 or more.</param>
/// <param name="Confidence">Their mean confidence.</param>
/// <param name="Accuracy">The share of them that is right.</param>
internal readonly record struct CalibrationBin(int Rows, double Confidence, double Accuracy)
{
    /// <summary>The bins that are not empty of those of equal width from 0 to 1, by confidence.</summary>
    public static IReadOnlyList<CalibrationBin> OfEqualWidth(IReadOnlyList<(double Confidence, bool IsRight)> answers, int bins) =>
        Of(answers.GroupBy(answer => Math.Clamp((int)Math.Ceiling(answer.Confidence * bins) - 1, 0, bins - 1)).OrderBy(bin => bin.Key));

    /// <summary>Bins of as many answers each, by confidence.</summary>
    public static IReadOnlyList<CalibrationBin> OfEqualMass(IReadOnlyList<(double Confidence, bool IsRight)> answers, int bins) =>
        Of(answers.OrderBy(answer => answer.Confidence).Index().GroupBy(answer => (int)((long)answer.Index * bins / answers.Count), answer => answer.Item));

    /// <summary>The mean gap, over answers, between confidence and accuracy of their bin.</summary>
    public static double Error(IReadOnlyList<CalibrationBin> bins) => bins.Sum(bin => bin.Rows * Math.Abs(bin.Confidence - bin.Accuracy)) / bins.Sum(bin => bin.Rows);

    private static IReadOnlyList<CalibrationBin> Of(IEnumerable<IGrouping<int, (double Confidence, bool IsRight)>> groups) =>
        [.. groups.Select(bin => new CalibrationBin(bin.Count(), bin.Average(answer => answer.Confidence), bin.Average(answer => answer.IsRight ? 1.0 : 0)))];
}
