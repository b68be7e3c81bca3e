namespace FeatureTransfer.Heads;

/// <summary>How a trainer did with so many labels a class.</summary>
/// <param name="Shots">Labels a class.</param>
/// <param name="Accuracies">The accuracy of each draw, on the same rows for all numbers of labels.</param>
public sealed record FewShotResult(int Shots, ValueList<double> Accuracies)
{
    // Student's t for 97.5 %, by degrees of freedom from 1; beyond, its expansion.
    private static readonly double[] _t = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];

    /// <summary>The mean over the draws.</summary>
    public double Mean => Accuracies.Average();

    /// <summary>The standard deviation over the draws.</summary>
    public double Deviation => Math.Sqrt(Accuracies.Sum(accuracy => Math.Pow(accuracy - Mean, 2)) / (Accuracies.Count - 1));

    /// <summary>
    /// Half of the width of a 95 % interval of the mean, by Student's t. It speaks of other draws from these rows: other rows would differ by more.
    /// </summary>
    public double HalfWidth => Student(Accuracies.Count - 1) * Deviation / Math.Sqrt(Accuracies.Count);

    private static double Student(int freedom) => freedom <= _t.Length ? _t[freedom - 1] : 1.959964 + (2.3723 / freedom) + (2.8225 / ((double)freedom * freedom));
}
