using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Cli.Commands;

/// <summary>The classes of labelled rows, counted before anything is computed.</summary>
internal sealed class TrainingClasses
{
    private const int MostFolds = 5;
    private const int Named = 5;
    private static readonly HashSet<string> _parts = new(["train", "training", "val", "valid", "validation", "test", "testing"], StringComparer.OrdinalIgnoreCase);
    private readonly string _origin;
    private readonly Dictionary<string, int> _counts;

    private TrainingClasses(SourceRows rows)
    {
        _origin = rows.Origin;
        _counts = rows.Rows.CountBy(row => LabelText.Clean(row.Label!), StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Counts the classes of a source.</summary>
    /// <exception cref="FeatureTransferException">There are no rows, or no classes to tell apart.</exception>
    public static TrainingClasses Of(DataSource data, SourceContext context)
    {
        var classes = new TrainingClasses(data.Read(context));
        classes.Check(data is FieldSource);
        return classes;
    }

    /// <summary>The folds of a cross-validation for which there are rows enough: five, fewer where a class has fewer training rows on average, or none.</summary>
    /// <param name="testFraction">The share that is held out before.</param>
    public int Folds(double testFraction) => (int)(_counts.Values.Average() * (1 - testFraction)) switch
    {
        < 2 => 0,
        var rows => Math.Min(rows, MostFolds),
    };

    private void Check(bool isTable)
    {
        var (container, remedy) = isTable ? ("label", "leave its rows out") : ("class folder", "move its folder away");
        if (_counts.Count == 1)
            throw new FeatureTransferException($"{_origin}: there is one {container}, '{_counts.Keys.First()}'. Telling classes apart needs two at least.");
        if (!isTable && _counts.Keys.All(_parts.Contains))
            throw new FeatureTransferException($"{_origin}: its folders {Listed(_counts.Keys)} are parts of a split and no classes. Name the folder that holds the class folders, such as {Path.Combine(_origin, _counts.Keys.First())}; ft holds rows out for a test itself.");
        var single = _counts.Where(pair => pair.Value < 2).Select(pair => pair.Key).ToList();
        if (single.Count > 0)
            throw new FeatureTransferException($"{_origin}: too few rows of {Listed(single)}: one each, and a class needs two, better twenty. Add some, or {remedy}.");
    }

    private static string Listed(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Named).Select(name => $"'{name}'")) + (names.Count > Named ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - Named} more") : "");
}
