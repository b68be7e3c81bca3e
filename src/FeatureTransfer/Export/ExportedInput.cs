using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Inputs.Text;

namespace FeatureTransfer.Export;

/// <summary>What a file says of an input: how a caller makes it.</summary>
internal sealed record ExportedInput
{
    /// <summary>Its name in the graph.</summary>
    public required string Name { get; init; }

    /// <summary><c>pixels</c>, <c>input_ids</c>, <c>attention_mask</c>, <c>token_type_ids</c> or <c>column</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The column that the model read in its place.</summary>
    public required string Column { get; init; }

    /// <summary>How an image becomes pixels.</summary>
    public ExportedImage? Image { get; init; }

    /// <summary>How a text becomes tokens.</summary>
    public ExportedText? Text { get; init; }
}

/// <summary>What is done to an image before the graph.</summary>
/// <param name="Height">Height in pixels.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Resize">How an image of another shape is fitted.</param>
/// <param name="CropFraction">The share along each axis that a centre crop keeps.</param>
/// <param name="Interpolation">The kernel, widened where the image shrinks.</param>
/// <param name="Background">The colour under transparent pixels and beside padded images.</param>
internal sealed record ExportedImage(int Height, int Width, ResizeMode Resize, double CropFraction, Interpolation Interpolation, string Background)
{
    /// <summary>Describes what the graph does not do itself.</summary>
    public static ExportedImage Of(ImagePreprocessing preprocessing) => new(
        preprocessing.Height,
        preprocessing.Width,
        preprocessing.Resize,
        preprocessing.CropFraction,
        preprocessing.Interpolation,
        string.Create(CultureInfo.InvariantCulture, $"#{preprocessing.Background:X6}"));
}

/// <summary>What makes tokens of a text.</summary>
internal sealed record ExportedText
{
    /// <summary>The kind of tokenizer.</summary>
    public required TokenizerKind Tokenizer { get; init; }

    /// <summary>Whether a tokenizer of WordPiece makes text lower case.</summary>
    public required bool LowerCase { get; init; }

    /// <summary>The most tokens of a text, special ones counted; the graph takes what is longer for one window of its own.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>What the model itself does with longer texts.</summary>
    public required LongText LongText { get; init; }

    /// <summary>What is put before every text.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The column with the other half of a pair.</summary>
    public string? Pair { get; init; }

    /// <summary>The vocabulary: the content of each file, in Base64.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>Describes a preparation.</summary>
    public static ExportedText Of(TextSettings settings, string? pair) => new()
    {
        Tokenizer = settings.Tokenizer.Kind,
        LowerCase = settings.Tokenizer.LowerCase,
        MaxTokens = settings.MaxTokens,
        LongText = settings.LongText,
        Prefix = settings.Prefix,
        Pair = pair,
        Files = settings.Files.ToDictionary(file => file.Name, file => Convert.ToBase64String(file.Content.Span), StringComparer.Ordinal),
    };
}
