using Google.Protobuf;

namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>Writes a model of SentencePiece for the library that cuts text: texts are prepared already, and no tokens stand around them.</summary>
internal static class PieceModelWriter
{
    /// <summary>The model as SentencePiece's protocol buffer.</summary>
    public static byte[] Write(PieceModel model) => Message(output =>
    {
        foreach (var piece in model.Pieces)
            Member(output, 1, inner => WritePiece(inner, piece, model.MergesPairs));
        Member(output, 2, inner => WriteTrainer(inner, model));
        Member(output, 3, WriteNormalizer);
    });

    // For Unigram the library counts bytes from the last piece of that kind, where it has to be the first: the others are hidden from it.
    private static void WritePiece(CodedOutputStream output, Piece piece, bool mergesPairs)
    {
        output.WriteTag(1, WireFormat.WireType.LengthDelimited);
        output.WriteString(piece.Text);
        output.WriteTag(2, WireFormat.WireType.Fixed32);
        output.WriteFloat(piece.Score);
        Integer(output, 3, (int)(piece.Kind == PieceKind.Byte && !mergesPairs && piece.Text != "<0x00>" ? PieceKind.Control : piece.Kind));
    }

    // The library takes the tokens around texts for given: where a model has none, it is given the unknown one, which it then never adds.
    private static void WriteTrainer(CodedOutputStream output, PieceModel model)
    {
        Integer(output, 3, model.MergesPairs ? 2 : 1);
        Integer(output, 35, model.ByteFallback ? 1 : 0);
        foreach (var (id, text) in new[] { (40, 45), (41, 46), (42, 47) })
        {
            Integer(output, id, model.UnknownId);
            output.WriteTag(text, WireFormat.WireType.LengthDelimited);
            output.WriteString(model.Pieces[model.UnknownId].Text);
        }
    }

    private static void WriteNormalizer(CodedOutputStream output)
    {
        Integer(output, 3, 0);
        Integer(output, 4, 0);
        Integer(output, 5, 1);
    }

    private static void Integer(CodedOutputStream output, int number, int value)
    {
        output.WriteTag(number, WireFormat.WireType.Varint);
        output.WriteInt32(value);
    }

    private static void Member(CodedOutputStream output, int number, Action<CodedOutputStream> write)
    {
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Message(write)));
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var message = new MemoryStream();
        using (var output = new CodedOutputStream(message, leaveOpen: true))
            write(output);
        return message.ToArray();
    }
}
