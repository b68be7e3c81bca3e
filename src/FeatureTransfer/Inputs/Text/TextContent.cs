using System.Text;

namespace FeatureTransfer.Inputs.Text;

/// <summary>Texts, and pairs of texts, as content: UTF-8, with a byte between the texts of a pair that no UTF-8 has.</summary>
internal static class TextContent
{
    private const byte Between = 0xFF;

    /// <summary>The content of a text; half a surrogate pair becomes U+FFFD.</summary>
    public static byte[] Of(ReadOnlySpan<char> text)
    {
        var content = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, content);
        return content;
    }

    /// <summary>The content of a pair.</summary>
    public static byte[] Of(ReadOnlySpan<char> first, ReadOnlySpan<char> second) => [.. Of(first), Between, .. Of(second)];

    /// <summary>The texts of a content; the second is null where there is one only.</summary>
    public static (string First, string? Second) Read(ReadOnlySpan<byte> content)
    {
        var between = content.IndexOf(Between);
        return between < 0
            ? (Encoding.UTF8.GetString(content), null)
            : (Encoding.UTF8.GetString(content[..between]), Encoding.UTF8.GetString(content[(between + 1)..]));
    }
}
