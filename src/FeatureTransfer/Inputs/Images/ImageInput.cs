namespace FeatureTransfer.Inputs.Images;

/// <summary>One encoded image on its way in: a file, bytes, or a stream. It is read when its turn comes.</summary>
public sealed class ImageInput
{
    private readonly Func<ReadOnlyMemory<byte>>? _read;

    private ImageInput(string name, Func<ReadOnlyMemory<byte>>? read) => (Name, _read) = (name, read);

    /// <summary>The file's path, or the name that rejects and predictions call it by.</summary>
    public string Name { get; }

    /// <summary>Whether it is a file, which whoever decodes it opens.</summary>
    internal bool IsFile => _read is null;

    /// <summary>A file.</summary>
    /// <param name="path">Its path.</param>
    public static ImageInput FromFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new ImageInput(path, null);
    }

    /// <summary>An encoded image in memory.</summary>
    /// <param name="bytes">The bytes, which must not change before they are used.</param>
    /// <param name="name">What rejects and predictions call it by.</param>
    public static ImageInput FromBytes(ReadOnlyMemory<byte> bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new ImageInput(name, () => bytes);
    }

    /// <summary>A stream with one encoded image; it is read to its end when its turn comes, once, and closed then.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What rejects and predictions call it by.</param>
    public static ImageInput FromStream(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return new ImageInput(name, () => ReadToEnd(stream, name));
    }

    /// <summary>An image that something else reads, which may throw <see cref="BadInputException"/>.</summary>
    internal static ImageInput FromReader(string name, Func<ReadOnlyMemory<byte>> read) => new(name, read);

    /// <summary>The bytes.</summary>
    /// <exception cref="BadInputException">They cannot be read.</exception>
    internal ReadOnlyMemory<byte> Read() => _read is null ? ImageFile.ReadAllBytes(Name) : _read();

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
