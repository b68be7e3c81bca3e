using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Inputs.Text;

namespace FeatureTransfer.Inputs;

/// <summary>One image, text or recording on its way in: a file, bytes, a stream, or a text. It is read when its turn comes.</summary>
public sealed class InputValue
{
    private readonly Func<ReadOnlyMemory<byte>>? _read;

    private InputValue(string name, Func<ReadOnlyMemory<byte>>? read) => (Name, _read) = (name, read);

    /// <summary>The file's path, or the name that rejects and predictions call it by.</summary>
    public string Name { get; }

    /// <summary>Whether it is a file, which whoever decodes it opens.</summary>
    internal bool IsFile => _read is null;

    /// <summary>A file.</summary>
    /// <param name="path">Its path.</param>
    public static InputValue FromFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new InputValue(path, null);
    }

    /// <summary>A text.</summary>
    /// <param name="text">The text; half a surrogate pair becomes U+FFFD.</param>
    /// <param name="name">What rejects and predictions call it by. Default its beginning.</param>
    public static InputValue FromText(string text, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new InputValue(name ?? Beginning(text), () => TextContent.Of(text));
    }

    /// <summary>A pair of texts, which a backbone reads one behind the other.</summary>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    /// <param name="name">What rejects and predictions call it by. Default the beginning of the first.</param>
    public static InputValue FromPair(string first, string second, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return new InputValue(name ?? Beginning(first), () => TextContent.Of(first, second));
    }

    /// <summary>An encoded image or recording in memory.</summary>
    /// <param name="bytes">The bytes, which must not change before they are used.</param>
    /// <param name="name">What rejects and predictions call it by.</param>
    public static InputValue FromBytes(ReadOnlyMemory<byte> bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new InputValue(name, () => bytes);
    }

    /// <summary>A stream with one encoded image or recording; it is read to its end when its turn comes, once, and closed then.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What rejects and predictions call it by.</param>
    public static InputValue FromStream(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return new InputValue(name, () => ReadToEnd(stream, name));
    }

    /// <summary>A value that something else reads, which may throw <see cref="BadInputException"/>.</summary>
    internal static InputValue FromReader(string name, Func<ReadOnlyMemory<byte>> read) => new(name, read);

    /// <summary>The bytes.</summary>
    /// <exception cref="BadInputException">They cannot be read.</exception>
    internal ReadOnlyMemory<byte> Read() => _read is null ? ImageFile.ReadAllBytes(Name) : _read();

    // Enough to recognise a text by.
    private static string Beginning(string text)
    {
        const int Longest = 40;
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= Longest ? line : string.Concat(line.AsSpan(0, Longest - 3), "...");
    }

    private static ReadOnlyMemory<byte> ReadToEnd(Stream stream, string name)
    {
        try
        {
            using (stream)
            {
                using var memory = new MemoryStream();
                stream.CopyTo(memory);
                return memory.ToArray();
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or NotSupportedException or InvalidDataException)
        {
            throw new BadInputException(name, $"the stream cannot be read: {exception.Message}", exception);
        }
    }
}
