namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>Reads from <c>tokenizer.json</c> how texts are prepared for Unigram.</summary>
internal static class HuggingFacePieces
{
    private const string Space = "\u2581";

    /// <summary>Reads the normalizer and the pre-tokenizer.</summary>
    /// <param name="root">The file.</param>
    public static PieceText Read(JsonPart root)
    {
        var text = new PieceText();
        foreach (var step in Steps(root["normalizer"], "normalizers"))
        {
            text = step["type"].OneOf("Precompiled", "Replace", "Strip") switch
            {
                "Precompiled" => text == new PieceText() ? text with { Map = MapOf(step["precompiled_charsmap"]) } : throw step["type"].Unsupported("it before every other normalizer"),
                "Strip" => text with { StripLeft = step["strip_left"].Flag(absent: true), StripRight = step["strip_right"].Flag(absent: true) },
                _ => Collapsing(text, step),
            };
        }

        return PreTokenized(text, root["pre_tokenizer"]);
    }

    private static PieceText PreTokenized(PieceText text, JsonPart part)
    {
        var steps = Steps(part, "pretokenizers");
        if (steps.Count == 0)
            throw part["type"].Unsupported("Metaspace");
        foreach (var step in steps)
        {
            if (step["type"].OneOf("WhitespaceSplit", "Metaspace") == "Metaspace")
                text = text with { Prefix = PrefixOf(step) };
            else
                text = text with { SplitsWords = true };
        }

        return !text.SplitsWords || text.Prefix == PiecePrefix.UnlessSpace ? text : throw part.Unsupported("Metaspace with prepend_scheme always behind WhitespaceSplit");
    }

    private static PiecePrefix PrefixOf(JsonPart metaspace)
    {
        metaspace["replacement"].OneOf(Space);
        if (metaspace["prepend_scheme"].IsAbsent)
            return metaspace["add_prefix_space"].Flag(absent: true) ? PiecePrefix.UnlessSpace : PiecePrefix.Never;
        return metaspace["prepend_scheme"].OneOf("always", "first", "never") switch
        {
            "always" => PiecePrefix.UnlessSpace,
            "first" => PiecePrefix.First,
            _ => PiecePrefix.Never,
        };
    }

    private static PieceText Collapsing(PieceText text, JsonPart replace)
    {
        replace["pattern"]["Regex"].OneOf(" {2,}");
        replace["content"].OneOf(" ", Space);
        return text with { Collapses = true };
    }

    private static CharsMap? MapOf(JsonPart map)
    {
        if (map.IsAbsent || map.Text.Length == 0)
            return null;
        try
        {
            return new CharsMap(Convert.FromBase64String(map.Text));
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException)
        {
            throw map.Unsupported("SentencePiece's map of characters in base64");
        }
    }

    private static IReadOnlyList<JsonPart> Steps(JsonPart part, string several)
    {
        if (part.IsAbsent)
            return [];
        return !part["type"].IsAbsent && part["type"].Text == "Sequence" ? part[several].Items : [part];
    }
}
