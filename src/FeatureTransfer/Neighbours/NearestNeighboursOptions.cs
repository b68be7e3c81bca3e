namespace FeatureTransfer.Neighbours;

/// <summary>What <c>NearestNeighbours</c> reads and adds.</summary>
public sealed record NearestNeighboursOptions
{
    /// <summary>The column that is added with the names of the nearest items, the nearest first: a vector of text. Default <c>Neighbours</c>.</summary>
    public string OutputColumnName { get; init; } = "Neighbours";

    /// <summary>The column that is added with their distances: a vector of floats. Default <c>Distances</c>.</summary>
    public string DistancesColumnName { get; init; } = "Distances";

    /// <summary>The features: a vector of floats of one length. Default <c>Features</c>.</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>What the items are called: text, such as a path, or a label that many share. Default <c>Name</c>.</summary>
    public string NameColumnName { get; init; } = "Name";

    /// <summary>How many neighbours a row has; all items where there are fewer. Default 10.</summary>
    public int K { get; init; } = 10;

    /// <summary>How distances are computed. Default <see cref="SimilarityMetric.Cosine"/>.</summary>
    public SimilarityMetric Metric { get; init; } = SimilarityMetric.Cosine;

    /// <summary>Whether the item with a row's own name is left out of its neighbours; the items' names must then differ, and rows need the column of names. Default false.</summary>
    public bool ExcludeSelf { get; init; }

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">One or more options are out of range; the message names all of them.</exception>
    internal void Validate()
    {
        List<string> faults = [];
        string[] columns = [OutputColumnName, DistancesColumnName, FeatureColumnName, NameColumnName];
        if (columns.Any(string.IsNullOrWhiteSpace))
            faults.Add("a column's name is empty");
        if (columns.Distinct(StringComparer.Ordinal).Count() < columns.Length)
            faults.Add($"the columns are {string.Join(", ", columns)}; expected four different ones");
        if (K < 1)
            faults.Add($"{nameof(K)} is {K}; expected 1 or more");
        if (faults.Count > 0)
            throw new ArgumentException($"{nameof(NearestNeighboursOptions)}: {string.Join("; ", faults)}.");
    }
}
