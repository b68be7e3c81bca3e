using System.Text.Json;

namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>Reads <c>tokenizer.json</c>: what it describes is one of the other tokenizers, or it is refused by name.</summary>
internal static class HuggingFaceTokenizer
{
    /// <summary>Opens a file.</summary>
    /// <exception cref="FeatureTransferException">It wants what no tokenizer here can do.</exception>
    public static TextTokenizer Open(TokenizerFile file)
    {
        using var document = JsonDocument.Parse(file.Content);
        var root = new JsonPart(file.Name, "$", document.RootElement);
        return TypeOf(root["model"]) switch
        {
            "WordPiece" => WordPiece(root),
            "BPE" => BytePair(root),
            _ => Unigram(root),
        };
    }

    // Older files do not say which it is.
    private static string TypeOf(JsonPart model)
    {
        if (model.IsAbsent || !model["type"].IsAbsent)
            return model["type"].OneOf("WordPiece", "BPE", "Unigram");
        return model["merges"].IsAbsent ? "WordPiece" : "BPE";
    }

    private static WordPieceTokenizer WordPiece(JsonPart root)
    {
        var (model, normalizer) = (root["model"], root["normalizer"]);
        root["pre_tokenizer"]["type"].OneOf("BertPreTokenizer");
        normalizer["type"].OneOf("BertNormalizer");
        foreach (var name in new[] { "clean_text", "handle_chinese_chars" })
        {
            if (!normalizer[name].Flag(absent: true))
                throw normalizer[name].Unsupported("true");
        }

        model["continuing_subword_prefix"].Refuse("##");
        var lowerCase = normalizer["lowercase"].Flag(absent: true);
        var (vocabulary, added) = Vocabulary(root, model["vocab"].Ids());
        var settings = new WordPieceSettings(lowerCase, normalizer["strip_accents"].Flag(absent: lowerCase))
        {
            Unknown = model["unk_token"].IsAbsent ? "[UNK]" : model["unk_token"].Text,
            LongestWord = model["max_input_chars_per_word"].IsAbsent ? 100 : model["max_input_chars_per_word"].Integer,
        };
        if (!vocabulary.ContainsKey(settings.Unknown))
            throw model["unk_token"].Unsupported("a token of the vocabulary");
        return new WordPieceTokenizer(vocabulary, settings, HuggingFaceSpecials.Read(root, vocabulary), added);
    }

    private static BytePairTokenizer BytePair(JsonPart root)
    {
        var (model, levels) = (root["model"], root["pre_tokenizer"]);
        levels["type"].OneOf("ByteLevel");
        if (!levels["use_regex"].Flag(absent: true))
            throw levels["use_regex"].Unsupported("true");
        if (!root["normalizer"].IsAbsent)
            throw root["normalizer"]["type"].Unsupported("no normalizer");
        foreach (var name in new[] { "dropout", "continuing_subword_prefix", "end_of_word_suffix", "byte_fallback", "ignore_merges" })
            model[name].Refuse("none");
        var merges = model["merges"].Items.Select(merge => merge.Pair()).ToList();
        var (vocabulary, added) = Vocabulary(root, model["vocab"].Ids());
        return new BytePairTokenizer(vocabulary, merges, HuggingFaceSpecials.Read(root, vocabulary), added, levels["add_prefix_space"].Flag(absent: true));
    }

    private static PieceTokenizer Unigram(JsonPart root)
    {
        var model = root["model"];
        model["byte_fallback"].Refuse("false");
        var pieces = model["vocab"].Items.Select(piece => (Text: piece.Items[0].Text, Score: piece.Items[1].Number)).ToList();
        var unknown = model["unk_id"].Integer;
        if (unknown < 0 || unknown >= pieces.Count)
            throw model["unk_id"].Unsupported("the place of a piece");
        var places = pieces.Select((piece, id) => (piece.Text, Id: id)).ToDictionary(piece => piece.Text, piece => piece.Id, StringComparer.Ordinal);
        var (vocabulary, added) = Vocabulary(root, places);
        var read = new PieceModel
        {
            Pieces = [.. pieces.Select((piece, id) => new Piece(piece.Text, piece.Score, id == unknown ? PieceKind.Unknown : PieceKind.Normal))],
            Text = HuggingFacePieces.Read(root),
            UnknownId = unknown,
        };
        return new PieceTokenizer(read, HuggingFaceSpecials.Read(root, vocabulary), added);
    }

    // Special tokens are found before a text is normalized, others behind that: where that makes a difference they are refused.
    private static (Dictionary<string, int> Vocabulary, AddedTokens Added) Vocabulary(JsonPart root, Dictionary<string, int> vocabulary)
    {
        var tokens = new List<AddedToken>();
        foreach (var added in root["added_tokens"].Items)
        {
            var (content, id, isSpecial) = (added["content"].Text, added["id"].Integer, added["special"].Flag(absent: false));
            if (!isSpecial && !root["normalizer"].IsAbsent && added["normalized"].Flag(absent: true))
                throw added["normalized"].Unsupported("false, for a token that is not special");
            added["single_word"].Refuse("false");
            tokens.Add(new AddedToken(content, id, added["lstrip"].Flag(absent: false), added["rstrip"].Flag(absent: false)));
            vocabulary[content] = id;
        }

        return (vocabulary, new AddedTokens(tokens));
    }
}
