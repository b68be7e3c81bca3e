using System.Text;
using System.Text.Json.Nodes;
using FeatureTransfer.Inputs.Text;

namespace FeatureTransfer.Tests.Inputs.Text;

/// <summary>What a <c>tokenizer.json</c> says beside its vocabulary.</summary>
public class HuggingFaceTokenizerTests
{
    private const string Bert = """{"type":"BertProcessing","cls":["[CLS]",1],"sep":["[SEP]",2]}""";
    private const string Roberta = """{"type":"RobertaProcessing","cls":["<s>",1],"sep":["</s>",2],"trim_offsets":true,"add_prefix_space":true}""";
    private const string Levels = """{"type":"ByteLevel"}""";
    private const string Template = """
        {"type":"TemplateProcessing",
         "single":[{"SpecialToken":{"id":"[CLS]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[SEP]","type_id":0}}],
         "pair":[{"SpecialToken":{"id":"[CLS]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[SEP]","type_id":0}},{"Sequence":{"id":"B","type_id":1}},{"SpecialToken":{"id":"[SEP]","type_id":1}}],
         "special_tokens":{"[CLS]":{"id":"[CLS]","ids":[1],"tokens":["[CLS]"]},"[SEP]":{"id":"[SEP]","ids":[2],"tokens":["[SEP]"]}}}
        """;

    [TestCase(null, "|||0|False")]
    [TestCase(Levels, "|||0|False")]
    [TestCase(Bert, "1|2|2|0|True")]
    [TestCase(Roberta, "1|2 2|2|0|False")]
    [TestCase(Template, "1|2|2|0|True")]
    [TestCase($$"""{"type":"Sequence","processors":[{{Levels}},{{Bert}}]}""", "1|2|2|0|True")]
    public void Specials_OfAPostProcessor_AreItsOwn(string? processor, string expected)
    {
        var json = Words();
        json["post_processor"] = processor is null ? null : JsonNode.Parse(processor);
        var specials = TokenizerCases.Open(json).Specials;
        Assert.That(string.Join('|', string.Join(' ', specials.Start), string.Join(' ', specials.Between), string.Join(' ', specials.End), specials.Pad, specials.SegmentIds), Is.EqualTo(expected));
    }

    [Test]
    public void Specials_Padding_NamesItsToken()
    {
        var json = Words();
        json["padding"] = new JsonObject { ["pad_id"] = 4 };
        Assert.That(TokenizerCases.Open(json).Specials.Pad, Is.EqualTo(4));
    }

    [Test]
    public void Encode_AddedTokens_StandForThemselves()
    {
        var json = Words();
        json["added_tokens"] = new JsonArray(TokenizerCases.Added("<a>", 7, stripsLeft: true), TokenizerCases.Added("<a>b", 8, stripsRight: true), TokenizerCases.Added("[CLS]", 1));
        string[] texts = ["x <a> y", "x<a>b  y", "x<A>", "[CLS]x[CLS]", "<a><a>", " <a>b "];
        TokenizerCases.AssertSame(TokenizerCases.Open(json), TokenizersInNode.Encode(json, new JsonObject(), texts), texts);
    }

    [Test]
    public void Encode_AccentsKeptOrTakenOff_GivesTheIdsOfHuggingFace([Values] bool lowerCase, [Values] bool stripAccents)
    {
        var json = Words();
        (json["normalizer"]!["lowercase"], json["normalizer"]!["strip_accents"]) = (lowerCase, stripAccents);
        string[] texts = ["x \u00E9 e\u0301 X", "\u00C9"];
        TokenizerCases.AssertSame(TokenizerCases.Open(json), TokenizersInNode.Encode(json, new JsonObject(), texts), texts);
    }

    [Test]
    public void Encode_CapitalSigma_IsASmallOneByItsNeighbours()
    {
        var json = Words();
        var vocabulary = json["model"]!["vocab"]!;
        foreach (var (token, id) in new[] { "\u03B1", "\u03C3", "\u03C2", "##\u03B1", "##\u03C3", "##\u03C2", "##1", "1" }.Select((token, i) => (token, i + 18)))
            vocabulary[token] = id;
        string[] around = ["", "\u0391", "1", "\u0391\u0301", "'", "\u0391'", "\u0391.", " "];
        var texts = around.SelectMany(before => around.Select(after => $"{before}\u03A3{string.Concat(after.Reverse())}")).ToList();
        TokenizerCases.AssertSame(TokenizerCases.Open(json), TokenizersInNode.Encode(json, new JsonObject(), texts), texts);
    }

    [Test]
    public void Open_ModelWithoutItsType_IsToldByItsMerges()
    {
        var words = Words();
        words["model"]!.AsObject().Remove("type");
        var pairs = JsonNode.Parse("""{"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false},"model":{"vocab":{"a":0,"b":1,"ab":2},"merges":["a b"]}}""")!;
        Assert.That(TokenizerCases.Ids(TokenizerCases.Open(words), "x y"), Is.EqualTo(new[] { 4, 5 }));
        Assert.That(TokenizerCases.Ids(TokenizerCases.Open(pairs), "aba"), Is.EqualTo(new[] { 2, 0 }));
    }

    [TestCase("$.model.type", "\"WordLevel\"")]
    [TestCase("$.model.unk_token", "7")]
    [TestCase("$.model.unk_token", "\"<none>\"")]
    [TestCase("$.model.continuing_subword_prefix", "\"@@\"")]
    [TestCase("$.model.max_input_chars_per_word", "\"many\"")]
    [TestCase("$.model.vocab", "7")]
    [TestCase("$.model.vocab.x", "\"one\"")]
    [TestCase("$.normalizer.type", "\"NFKC\"")]
    [TestCase("$.normalizer.clean_text", "false")]
    [TestCase("$.normalizer.handle_chinese_chars", "false")]
    [TestCase("$.pre_tokenizer.type", "\"Whitespace\"")]
    [TestCase("$.pre_tokenizer", "null", ".type")]
    [TestCase("$.post_processor", """{"type":"Other"}""", ".type")]
    [TestCase("$.post_processor", """{"type":"Sequence","processors":[{"type":"BertProcessing"},{"type":"BertProcessing"}]}""", ".processors")]
    [TestCase("$.post_processor", """{"type":"TemplateProcessing","single":[],"pair":[]}""", ".pair")]
    [TestCase("$.post_processor", """{"type":"BertProcessing","cls":["[CLS]"],"sep":["[SEP]",2]}""", ".cls")]
    [TestCase("$.added_tokens", "7")]
    [TestCase("$.added_tokens", """[{"id":9,"content":"n","special":false}]""", "[0].normalized")]
    [TestCase("$.added_tokens", """[{"id":9,"content":"n","special":false,"normalized":true}]""", "[0].normalized")]
    [TestCase("$.added_tokens", """[{"id":9,"content":"n","special":true,"single_word":true}]""", "[0].single_word")]
    public void Open_UnsupportedWordPiece_NamesFileAndPlace(string path, string value, string below = "") => AssertRefused(Words(), path, value, below);

    [TestCase("$.normalizer", """{"type":"NFC"}""", ".type")]
    [TestCase("$.pre_tokenizer.use_regex", "false")]
    [TestCase("$.pre_tokenizer.type", "\"Split\"")]
    [TestCase("$.model.dropout", "0.1")]
    [TestCase("$.model.end_of_word_suffix", "\"</w>\"")]
    [TestCase("$.model.byte_fallback", "true")]
    [TestCase("$.model.ignore_merges", "true")]
    [TestCase("$.model.merges", "[[\"a\"]]", "[0]")]
    public void Open_UnsupportedBytePair_NamesFileAndPlace(string path, string value, string below = "") =>
        AssertRefused(JsonNode.Parse("""{"normalizer":null,"pre_tokenizer":{"type":"ByteLevel"},"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}""")!, path, value, below);

    [TestCase("$.normalizer", """{"type":"NFC"}""", ".type")]
    [TestCase("$.normalizer", """{"type":"Precompiled","precompiled_charsmap":"AAAA"}""", ".precompiled_charsmap")]
    [TestCase("$.normalizer", """{"type":"Replace","pattern":{"String":"a"},"content":""}""", ".pattern.Regex")]
    [TestCase("$.normalizer", """{"type":"Sequence","normalizers":[{"type":"Strip"},{"type":"Precompiled","precompiled_charsmap":""}]}""", ".normalizers[1].type")]
    [TestCase("$.model.vocab", """[["a","b"]]""", "[0][1]")]
    [TestCase("$.pre_tokenizer", """{"type":"Metaspace","replacement":"_"}""", ".replacement")]
    [TestCase("$.pre_tokenizer", "null", ".type")]
    [TestCase("$.pre_tokenizer", """{"type":"Sequence","pretokenizers":[{"type":"WhitespaceSplit"}, {"type":"Metaspace","replacement":"\u2581","prepend_scheme":"never"}]}""")]
    [TestCase("$.model.byte_fallback", "true")]
    [TestCase("$.model.unk_id", "9")]
    public void Open_UnsupportedUnigram_NamesFileAndPlace(string path, string value, string below = "") =>
        AssertRefused(PieceModels.Json([("a", -1)], null, JsonNode.Parse("""{"type":"Metaspace","replacement":"\u2581"}""")!), path, value, below);

    [TestCase("{", "tokenizer.json")]
    [TestCase("[]", "$.model")]
    public void Open_NoTokenizer_NamesTheFile(string json, string fault) => Assert.That(
        () => TokenizerCases.Open(TokenizerKind.HuggingFace, "tokenizer.json", Encoding.UTF8.GetBytes(json)),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("tokenizer.json").And.Message.Contains(fault));

    private static void AssertRefused(JsonNode json, string path, string value, string below)
    {
        var names = path.Split('.')[1..];
        var parent = names[..^1].Aggregate(json, (node, name) => node[name]!);
        parent[names[^1]] = JsonNode.Parse(value);
        Assert.That(() => TokenizerCases.Open(json), Throws.TypeOf<FeatureTransferException>().With.Message.StartsWith($"tokenizer.json: {path}{below} is ").And.Message.Match("Expected [^.]"));
    }

    private static JsonObject Words() => JsonNode.Parse("""
        {"version":"1.0","added_tokens":[],
         "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":true},
         "pre_tokenizer":{"type":"BertPreTokenizer"},"post_processor":null,"decoder":null,
         "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,
                  "vocab":{"[PAD]":0,"[CLS]":1,"[SEP]":2,"[UNK]":3,"x":4,"y":5,"b":6,"e":9,"\u00E9":10,"e\u0301":11,"X":12,"\u00C9":13,"E":14,"<":15,">":16,"a":17}}}
        """)!.AsObject();
}
