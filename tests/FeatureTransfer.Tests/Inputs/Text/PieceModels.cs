using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace FeatureTransfer.Tests.Inputs.Text;

/// <summary>A small vocabulary of sentence pieces, as SentencePiece's own file and as Hugging Face's.</summary>
internal static class PieceModels
{
    public const string Space = "\u2581";

    private const int Unknown = 2, Control = 3, Byte = 6;

    /// <summary>The beginnings of words and the letters that some texts have often.</summary>
    public static List<(string Text, float Score)> Learn(IEnumerable<string> texts, int count)
    {
        var random = new Random(3);
        var words = texts.SelectMany(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(word => Space + word).ToList();
        var parts = words.SelectMany(word => Enumerable.Range(0, 3).Select(_ => Part(word, random))).Concat(words.SelectMany(word => word.EnumerateRunes()).Select(rune => rune.ToString()));
        return [.. parts.Where(part => part.Length > 0 && !part.Contains('\0')).GroupBy(part => part).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Take(count)
            .Select(group => (group.Key, (float)(-10 + Math.Log(group.Count()) + (random.NextDouble() / 100))))];
    }

    /// <summary>The file that SentencePiece writes: the unknown token, a beginning and an end, then the pieces.</summary>
    public static byte[] Model(IReadOnlyList<(string Text, float Score)> pieces, bool mergesPairs = false, bool byteFallback = false, bool removeExtraSpaces = true, byte[]? map = null, int start = 1)
    {
        var bytes = byteFallback ? Enumerable.Range(0, 256).Select(value => ($"<0x{value:X2}>", 0f, Byte)) : [];
        var all = new (string, float, int)[] { ("<unk>", 0, Unknown), ("<s>", 0, Control), ("</s>", 0, Control) }.Concat(bytes).Concat(pieces.Select(piece => (piece.Text, piece.Score, 1)));
        return
        [
            .. all.SelectMany(piece => Message(1, [.. Message(1, Encoding.UTF8.GetBytes(piece.Item1)), (2 << 3) | 5, .. BitConverter.GetBytes(piece.Item2), .. Number(3, piece.Item3)])),
            .. Message(2, [.. Number(3, mergesPairs ? 2 : 1), .. Number(35, byteFallback ? 1 : 0), .. Number(41, start)]),
            .. Message(3, [.. map is null ? [] : Message(2, map), .. Number(4, removeExtraSpaces ? 1 : 0)]),
        ];
    }

    /// <summary>The same pieces as a <c>tokenizer.json</c>.</summary>
    public static JsonObject Json(IReadOnlyList<(string Text, float Score)> pieces, JsonNode? normalizer, JsonNode preTokenizer) => new()
    {
        ["version"] = "1.0",
        ["added_tokens"] = new JsonArray(),
        ["normalizer"] = normalizer,
        ["pre_tokenizer"] = preTokenizer,
        ["post_processor"] = null,
        ["decoder"] = null,
        ["model"] = new JsonObject
        {
            ["type"] = "Unigram",
            ["unk_id"] = 0,
            ["vocab"] = new JsonArray([.. new[] { ("<unk>", 0f), ("<s>", 0f), ("</s>", 0f) }.Concat(pieces).Select(piece => new JsonArray(piece.Item1, piece.Item2))]),
        },
    };

    /// <summary>A map of characters that replaces one ASCII letter: a double array with its root, its letter and the letter's leaf.</summary>
    public static byte[] Map(char letter, string replacement)
    {
        const uint hasLeaf = 1 << 8, leaf = 1u << 31;
        var units = new uint[512];
        units[0] = 256 << 10;
        units[256 ^ letter] = letter | hasLeaf | (uint)((256 ^ letter ^ 1) << 10);
        units[1] = leaf;
        var map = new byte[4 + (units.Length * 4)];
        BinaryPrimitives.WriteInt32LittleEndian(map, units.Length * 4);
        Buffer.BlockCopy(units, 0, map, 4, units.Length * 4);
        return [.. map, .. Encoding.UTF8.GetBytes(replacement), 0];
    }

    private static string Part(string word, Random random)
    {
        var runes = word.EnumerateRunes().ToList();
        return string.Concat(runes.Take(random.Next(1, Math.Min(runes.Count, 6) + 1)));
    }

    private static byte[] Message(int number, byte[] content) => [.. VarInt((number << 3) | 2), .. VarInt(content.Length), .. content];

    private static byte[] Number(int number, long value) => [.. VarInt(number << 3), .. VarInt(value)];

    private static IEnumerable<byte> VarInt(long value)
    {
        var left = (ulong)value;
        for (; left >= 0x80; left >>= 7)
            yield return (byte)(left | 0x80);
        yield return (byte)left;
    }
}
