namespace FeatureTransfer.Inputs.Text;

/// <summary>
/// Tokens as one tensor of floats of a fixed length, (3, tokens): ids, mask and types. Training keeps rows of one length; floats hold whole
/// numbers exactly up to 16,777,216, which no vocabulary reaches. Of a text of several windows the first is read.
/// </summary>
internal sealed class PackedTokens(TextPreparation text, int length) : FixedPreparation
{
    /// <summary>The tensors that lie one behind the other: ids, mask, types.</summary>
    public const int Parts = 3;

    public override Modality Modality => Modality.Text;

    public override string Fingerprint => string.Create(CultureInfo.InvariantCulture, $"packed1|{length}|{text.Fingerprint}");

    public override string Text => throw new NotSupportedException("Packed tokens are for training alone.");

    public override long[] RowShape => [Parts, length];

    /// <summary>A length that every one of these contents fits into, so far as it is not cut anyway.</summary>
    public static PackedTokens For(TextPreparation text, IEnumerable<ReadOnlyMemory<byte>> contents)
    {
        // Vectors of a multiple of eight are what processors like.
        const int Step = 8;
        var longest = contents.AsParallel().Select(content => text.Read(content, "a text")[0].Length).DefaultIfEmpty(1).Max();
        return new PackedTokens(text, (longest + Step - 1) / Step * Step);
    }

    public override void Read(ReadOnlyMemory<byte> content, Span<float> destination, string name)
    {
        var batch = text.Batch([text.Read(content, name)[0]]);
        destination.Fill(0);
        for (var part = 0; part < Parts; part++)
        {
            var values = (long[])batch[part].Values;
            var row = destination.Slice(part * length, length);
            for (var i = 0; i < Math.Min(values.Length, length); i++)
                row[i] = values[i];
        }
    }
}
