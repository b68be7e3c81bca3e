using System.Text;

namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>A file of a vocabulary, in memory: model files carry it.</summary>
/// <param name="Name">Its name, by which it is known what is in it.</param>
/// <param name="Content">Its content.</param>
internal sealed record TokenizerFile(string Name, ReadOnlyMemory<byte> Content)
{
    /// <summary>Its lines, which end with LF or CRLF, without empty ones at the end.</summary>
    public IReadOnlyList<string> Lines()
    {
        var text = Encoding.UTF8.GetString(Content.Span).TrimEnd('\r', '\n');
        return text.Length == 0 ? [] : [.. text.Split('\n').Select(line => line.TrimEnd('\r'))];
    }
}
