namespace Microsoft.ML.Trainers.FastTree;

/// <summary>The sum of the targets of some rows, of their weights, and their number.</summary>
internal readonly record struct RowTotals(double Sum, double Weight, int Count)
{
    /// <summary>By how much one constant for all rows lowers the squared error.</summary>
    public double Merit => Weight > 0 ? Sum * Sum / Weight : 0;

    public static RowTotals operator -(RowTotals all, RowTotals part) => new(all.Sum - part.Sum, all.Weight - part.Weight, all.Count - part.Count);
}

/// <summary>A way to part the rows of a leaf: those in the intervals of a feature up to one from the others.</summary>
internal readonly record struct Split(double Gain, int Feature, int Bin, RowTotals Left)
{
    public static Split None { get; } = new(0, -1, 0, default);

    public bool Exists => Feature >= 0;
}
