namespace FeatureTransfer.Diagnostics;

/// <summary>
/// Negative conditional entropy of the new classes, given the source class that a backbone's own head chooses. At most 0, in nats; higher is better.
/// By Tran and others, "Transferability and Hardness of Supervised Classification Tasks" (2019).
/// </summary>
public static class Nce
{
    /// <summary>The score.</summary>
    /// <param name="sourceClasses">The class that the backbone's own head chooses for each row.</param>
    /// <param name="classes">The class of each row.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, or there are none.</exception>
    public static double Of(IReadOnlyList<int> sourceClasses, IReadOnlyList<int> classes)
    {
        ArgumentNullException.ThrowIfNull(sourceClasses);
        ArgumentNullException.ThrowIfNull(classes);
        if (sourceClasses.Count != classes.Count || classes.Count == 0)
            throw new ArgumentException($"There are {sourceClasses.Count} source classes and {classes.Count} classes. Expected one of each a row, and one row at least.", nameof(classes));
        double rows = classes.Count;
        var source = sourceClasses.CountBy(value => value).ToDictionary();
        return sourceClasses.Zip(classes).CountBy(pair => pair).Sum(pair => pair.Value / rows * Math.Log(pair.Value / (double)source[pair.Key.First]));
    }
}
