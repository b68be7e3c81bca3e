namespace FeatureTransfer.Inputs.Text.Tokenizers
{
    internal abstract class TextTokenizer
    {
        public abstract SpecialTokens Specials { get; }

        public abstract int Count { get; }

        public abstract void Encode(string text, List<int> ids);
    }

    internal sealed record SpecialTokens(IReadOnlyList<int> Start, IReadOnlyList<int> Between, IReadOnlyList<int> End, int Pad, bool SegmentIds);

    internal sealed record TokenizerFile(string Name, ReadOnlyMemory<byte> Content);

    internal static class TextTokenizers
    {
        public static TextTokenizer Open(TokenizerOptions options, IReadOnlyList<TokenizerFile> files) => new WP(files[0], options.LowerCase);
    }
    internal sealed class WP : TextTokenizer
    {
        private readonly FastBertTokenizer.BertTokenizer _t = new();
        public WP(TokenizerFile f, bool lower) { using var r = new StringReader(System.Text.Encoding.UTF8.GetString(f.Content.Span).Replace("\r\n", "\n")); _t.LoadVocabulary(r, lower); _lines = [.. System.Text.Encoding.UTF8.GetString(f.Content.Span).ReplaceLineEndings("\n").Split('\n')]; }
        public override SpecialTokens Specials => new([_lines.IndexOf("[CLS]")], [_lines.IndexOf("[SEP]")], [_lines.IndexOf("[SEP]")], 0, true);
        private readonly List<string> _lines;
        public override int Count => 30522;
        public override void Encode(string text, List<int> ids)
        {
            ReadOnlyMemory<long> i; lock (_t) i = _t.Encode(text, 100000).InputIds.ToArray();
            ids.AddRange(i.ToArray()[1..^1].Select(x => (int)x));
        }
    }
}

namespace FeatureTransfer.Inputs.Text
{
    /// <summary>x.</summary>
    public enum TokenizerKind
    {
        /// <summary>x.</summary>
        WordPiece,
    }

    /// <summary>x.</summary>
    public sealed record TokenizerOptions
    {
        /// <summary>x.</summary>
        public TokenizerKind Kind { get; init; }

        /// <summary>x.</summary>
        public bool LowerCase { get; init; }
    }
}
