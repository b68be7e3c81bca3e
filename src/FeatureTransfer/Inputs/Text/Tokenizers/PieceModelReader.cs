using Google.Protobuf;

namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>Reads SentencePiece's <c>.model</c>, a protocol buffer.</summary>
internal static class PieceModelReader
{
    private const int Unigram = 1, BytePair = 2;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FeatureTransferException">It is no such model, or one that cuts words or letters.</exception>
    public static (PieceModel Model, SpecialTokens Specials) Read(TokenizerFile file)
    {
        var fields = Fields(file.Content.Span.ToArray());
        var (trainer, normalizer) = (Merged(fields, 2), Merged(fields, 3));
        Piece[] pieces = [.. fields.Where(field => field.Number == 1).Select(field => PieceOf(Fields(field.Bytes)))];
        var kind = Integer(trainer, 3, Unigram);
        if (pieces.Length == 0 || kind is not (Unigram or BytePair))
            throw new FeatureTransferException($"{file.Name}: {(pieces.Length == 0 ? "has no pieces" : "cuts text into whole words or letters, which is not supported")}. Expected SentencePiece's .model of type Unigram or BPE.");
        var model = new PieceModel
        {
            Pieces = pieces,
            Text = TextOf(normalizer, Integer(trainer, 24, 0) != 0),
            MergesPairs = kind == BytePair,
            ByteFallback = Integer(trainer, 35, 0) != 0,
            UnknownId = Integer(trainer, 40, 0),
        };
        return (model, SpecialsOf(pieces, Integer(trainer, 41, 1), Integer(trainer, 42, 2), Integer(trainer, 43, -1)));
    }

    private static Piece PieceOf(List<Field> fields) =>
        new(fields.LastOrDefault(field => field.Number == 1) is { Bytes: { } text } ? System.Text.Encoding.UTF8.GetString(text) : "", BitConverter.Int32BitsToSingle(Integer(fields, 2, 0)), (PieceKind)Integer(fields, 3, (int)PieceKind.Normal));

    private static PieceText TextOf(List<Field> normalizer, bool isSuffix)
    {
        var map = normalizer.LastOrDefault(field => field.Number == 2).Bytes;
        var removesExtra = Integer(normalizer, 4, 1) != 0;
        return new PieceText
        {
            Map = map is { Length: > 0 } ? new CharsMap(map) : null,
            TrimsSpaces = removesExtra,
            Collapses = removesExtra,
            Prefix = Integer(normalizer, 3, 1) != 0 ? PiecePrefix.Always : PiecePrefix.Never,
            IsSuffix = isSuffix,
        };
    }

    // ALBERT's models have BERT's tokens, those of fairseq two ends between texts, T5's no beginning.
    private static SpecialTokens SpecialsOf(Piece[] pieces, int start, int end, int pad)
    {
        pad = Math.Max(0, pad >= 0 ? pad : Id("<pad>"));
        if (Id("[CLS]") is var classifier and >= 0 && Id("[SEP]") is var separator and >= 0)
            return new SpecialTokens([classifier], [separator], [separator], pad, SegmentIds: true);
        int[] ends = end >= 0 ? [end] : [];
        return start >= 0 ? new SpecialTokens([start], [.. ends, .. ends], ends, pad, SegmentIds: false) : new SpecialTokens([], ends, ends, pad, SegmentIds: false);

        int Id(string text) => Array.FindIndex(pieces, piece => piece.Text == text);
    }

    private static int Integer(List<Field> fields, int number, int absent) => fields.FindLastIndex(field => field.Number == number) is var place and >= 0 ? (int)fields[place].Value : absent;

    private static List<Field> Merged(List<Field> fields, int number) => [.. fields.Where(field => field.Number == number).SelectMany(field => Fields(field.Bytes))];

    private static List<Field> Fields(byte[] message)
    {
        var (fields, input) = (new List<Field>(), new CodedInputStream(message));
        while (input.ReadTag() is var tag and not 0)
        {
            var number = WireFormat.GetTagFieldNumber(tag);
            fields.Add(WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => new Field(number, (long)input.ReadUInt64(), []),
                WireFormat.WireType.Fixed32 => new Field(number, (int)input.ReadFixed32(), []),
                WireFormat.WireType.Fixed64 => new Field(number, (long)input.ReadFixed64(), []),
                WireFormat.WireType.LengthDelimited => new Field(number, 0, input.ReadBytes().ToByteArray()),
                var other => throw new InvalidDataException($"field {number} is of the kind {other}."),
            });
        }

        return fields;
    }

    private readonly record struct Field(int Number, long Value, byte[] Bytes);
}
