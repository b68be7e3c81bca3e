using FeatureTransfer.Inputs.Audio;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Inputs.Sources;

/// <summary>A kind of files that rows are made of, told by their endings or, where none were given, by their first bytes.</summary>
internal sealed class FileKind
{
    private const int StartBytes = 64;
    private readonly StartTest _begins;

    private FileKind(string name, IReadOnlyList<string> endings, StartTest begins)
    {
        (Name, Endings, _begins) = (name, endings, begins);
        Expected = $"{name}, such as files that end in {string.Join(", ", endings)}";
    }

    private delegate bool StartTest(ReadOnlySpan<byte> start);

    /// <summary>Pictures.</summary>
    public static FileKind Images { get; } = new("images", [".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff"], ImageSniffer.IsImage);

    /// <summary>Recordings.</summary>
    public static FileKind Recordings { get; } = new("recordings", [".wav", ".mp3", ".ogg"], AudioSniffer.IsAudio);

    /// <summary>Texts, told by their endings alone.</summary>
    public static FileKind Texts { get; } = new("texts", [".txt"], _ => false);

    /// <summary>What many of them are called.</summary>
    public string Name { get; }

    /// <summary>The endings of files that are taken without a look at their content.</summary>
    public IReadOnlyList<string> Endings { get; }

    /// <summary>What messages say of the files that are taken.</summary>
    public string Expected { get; }

    /// <summary>Whether a name ends as such a file does, without regard to case; null where the content has to tell, and no endings were given.</summary>
    public bool? Has(string name, IReadOnlyList<string>? endings)
    {
        var isAny = endings is null or { Count: 0 };
        return (isAny ? Endings : endings!).Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase) ? true : isAny ? null : false;
    }

    /// <summary>The files of this kind below a folder, in the order of their paths.</summary>
    public IEnumerable<string> Files(string folder, IReadOnlyList<string>? endings, LeftFiles left)
    {
        foreach (var file in ImageFiles.Walk(folder, left).Where(file => !ImageFiles.IsHidden(file)))
        {
            if (Has(file, endings) ?? Begins(file))
                yield return file;
            else
                left.File(file);
        }
    }

    // What cannot be read is taken, so that it is rejected with its reason.
    private bool Begins(string file)
    {
        try
        {
            if (new FileInfo(file).Length == 0)
                return false;
            using var handle = File.OpenHandle(file);
            Span<byte> start = stackalloc byte[StartBytes];
            return _begins(start[..RandomAccess.Read(handle, start, 0)]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return true;
        }
    }
}
