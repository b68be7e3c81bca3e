namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>A file of a vocabulary, in memory: model files carry it.</summary>
/// <param name="Name">Its name, by which it is known what is in it.</param>
/// <param name="Content">Its content.</param>
internal sealed record TokenizerFile(string Name, ReadOnlyMemory<byte> Content)
{
    /// <summary>The content, to be read.</summary>
    public Stream Open() => new MemoryStream(Content.ToArray(), writable: false);
}
