namespace Microsoft.ML.Transforms.Text;

/// <summary>A set of words to leave out, whatever their case; empty words are left out too.</summary>
internal sealed class StopWords
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _words;

    public StopWords(IEnumerable<string> words)
    {
        _words = new HashSet<string>(words, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The list of a language, which lies in the assembly: words between white space.</summary>
    public static StopWords Of(StopWordsRemovingEstimator.Language language)
    {
        Check.Param(Enum.IsDefined(language), nameof(language), $"There are no stop words of a language {language}.");
        using var stream = typeof(StopWords).Assembly.GetManifestResourceStream($"StopWords.{language}.txt")
            ?? throw new InvalidOperationException($"The assembly lacks its list of stop words of {language}.");
        using var reader = new StreamReader(stream);
        return new(reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    public static SchemaShape GetOutputSchema(SchemaShape inputSchema, (string Output, string Input)[] columns)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (var (_, input) in columns)
            TextColumnShape.CheckText(inputSchema.Find(input), vectorOnly: true);
        return inputSchema.With(columns.Select(p => TextColumnShape.WordsColumn(p.Output)));
    }

    public MapStep Bind(DataViewSchema.Column input, string output)
    {
        TextColumnShape.CheckText(input, vectorOnly: true);
        return TextColumnShape.ToWords(input, output, AddUnlessStopped);
    }

    private void AddUnlessStopped(ReadOnlyMemory<char> word, List<ReadOnlyMemory<char>> words)
    {
        if (!word.IsEmpty && !_words.Contains(word.Span))
            words.Add(word);
    }
}
