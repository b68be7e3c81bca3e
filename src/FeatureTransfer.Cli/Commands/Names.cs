namespace FeatureTransfer.Cli.Commands;

/// <summary>Names in a line, however many there are.</summary>
internal static class Names
{
    private const int Most = 10;

    /// <summary>The names in arguments that may each hold several, with commas between them.</summary>
    public static IEnumerable<string> Split(IEnumerable<string> given) =>
        given.SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>All of a few, or the first of many and how many more there are.</summary>
    public static string Few(IReadOnlyList<string> names) => names.Count <= Most
        ? string.Join(", ", names)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(Most))} and {names.Count - Most:N0} more");
}
