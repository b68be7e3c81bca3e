using System.Text.Json.Nodes;

namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>Reads <c>tokenizer.json</c>: what it describes is one of the other tokenizers, or it is refused by name.</summary>
internal static class HuggingFaceTokenizer
{
    /// <summary>Opens a file.</summary>
    /// <exception cref="FeatureTransferException">It wants what no tokenizer here can do.</exception>
    public static TextTokenizer Open(TokenizerFile file)
    {
        using var stream = file.Open();
        var root = JsonNode.Parse(stream) as JsonObject ?? throw new FeatureTransferException($"{file.Name}: is no object. Expected a tokenizer.json of Hugging Face.");
        var model = root["model"] as JsonObject ?? throw Refuse("model", "nothing", "WordPiece or BPE");
        var kind = Text(model["type"]) ?? (model["merges"] is null ? "WordPiece" : "BPE");
        return kind switch
        {
            "WordPiece" => WordPiece(),
            "BPE" => BytePair(),
            _ => throw Refuse("model.type", kind, "WordPiece or BPE; for Unigram take the .model file of SentencePiece and the kind sentencePiece"),
        };

        TextTokenizer WordPiece()
        {
            Expect("pre_tokenizer", "BertPreTokenizer");
            Expect("normalizer", "BertNormalizer");
            if (Text(model["continuing_subword_prefix"]) is { } prefix && prefix != "##")
                throw Refuse("model.continuing_subword_prefix", prefix, "##");
            var lowerCase = root["normalizer"]?["lowercase"]?.GetValue<bool>() ?? true;
            if (root["normalizer"]?["strip_accents"] is JsonValue accents && accents.TryGetValue<bool>(out var strip) && strip != lowerCase)
                throw Refuse("normalizer.strip_accents", strip ? "true" : "false", lowerCase ? "true, as with lowercase" : "false, as without lowercase");
            return WordPieceTokenizer.Of(Vocabulary(), file.Name, lowerCase);
        }

        TextTokenizer BytePair()
        {
            var levels = root["pre_tokenizer"] as JsonObject;
            Expect("pre_tokenizer", "ByteLevel");
            if (root["normalizer"] is JsonObject normalizer)
                throw Refuse("normalizer.type", Text(normalizer["type"]) ?? "", "none");
            var merges = (model["merges"] as JsonArray ?? []).Select(merge => merge is JsonArray pair ? $"{pair[0]} {pair[1]}" : merge!.GetValue<string>());
            var vocabulary = Places();
            foreach (var added in root["added_tokens"] as JsonArray ?? [])
                vocabulary.TryAdd(added!["content"]!.GetValue<string>(), added["id"]!.GetValue<int>());
            return new BytePairTokenizer(vocabulary, merges, null, levels?["add_prefix_space"]?.GetValue<bool>() ?? true);
        }

        Dictionary<string, int> Places() => (model["vocab"] as JsonObject ?? throw Refuse("model.vocab", "nothing", "tokens and their ids"))
            .ToDictionary(token => token.Key, token => token.Value!.GetValue<int>(), StringComparer.Ordinal);

        List<string> Vocabulary()
        {
            var places = Places();
            foreach (var added in root["added_tokens"] as JsonArray ?? [])
                places.TryAdd(added!["content"]!.GetValue<string>(), added["id"]!.GetValue<int>());
            var tokens = Enumerable.Range(0, places.Values.Max() + 1).Select(place => string.Create(CultureInfo.InvariantCulture, $"[unused{place}]")).ToList();
            foreach (var (token, place) in places)
                tokens[place] = token;
            return tokens;
        }

        void Expect(string part, string wanted)
        {
            if (root[part] is JsonObject described && Text(described["type"]) is { } found && found != wanted)
                throw Refuse($"{part}.type", found, wanted);
        }

        FeatureTransferException Refuse(string path, string found, string expected) => new($"{file.Name}: $.{path} is {found}, which is not supported. Expected {expected}.");
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
