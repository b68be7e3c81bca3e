using System.Text.Json;

namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>Opens tokenizers.</summary>
internal static class TextTokenizers
{
    /// <summary>Makes a tokenizer.</summary>
    /// <param name="options">Its kind.</param>
    /// <param name="files">Its vocabulary.</param>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    /// <exception cref="FeatureTransferException">A file is missing or cannot be read, or wants what this library cannot do.</exception>
    public static TextTokenizer Open(TokenizerOptions options, IReadOnlyList<TokenizerFile> files)
    {
        options.Validate();
        try
        {
            return options.Kind switch
            {
                TokenizerKind.WordPiece => WordPieceTokenizer.Open(One(files, "the vocabulary, one token a line"), options.LowerCase),
                TokenizerKind.BytePair => BytePairTokenizer.Open(Find(files, ".json"), Find(files, ".txt")),
                TokenizerKind.SentencePiece => PieceTokenizer.Open(One(files, "the model of SentencePiece")),
                _ => HuggingFaceTokenizer.Open(One(files, "tokenizer.json")),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException or FormatException or KeyNotFoundException or InvalidDataException or IOException)
        {
            throw new FeatureTransferException($"{string.Join(", ", files.Select(file => file.Name))}: cannot be read as a tokenizer of kind {options.Kind} ({exception.Message}) Correct the card's $.tokenizer.", exception);
        }
    }

    private static TokenizerFile One(IReadOnlyList<TokenizerFile> files, string what) => files is [var file]
        ? file
        : throw new FeatureTransferException($"The tokenizer has {files.Count} files: {string.Join(", ", files.Select(file => file.Name))}. Expected one, {what}.");

    private static TokenizerFile Find(IReadOnlyList<TokenizerFile> files, string extension) =>
        files.FirstOrDefault(file => file.Name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
        ?? throw new FeatureTransferException($"The tokenizer has the files {string.Join(", ", files.Select(file => file.Name))}. Expected vocab.json and merges.txt.");
}
