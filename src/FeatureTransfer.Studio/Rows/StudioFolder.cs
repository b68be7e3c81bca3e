using System.Text;
using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Audio;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Studio.Rows;

/// <summary>The folder that a studio was started on. Nothing outside of it is read or written, and no link is followed.</summary>
internal sealed class StudioFolder
{
    private const string Own = ".studio";

    /// <summary>Opens a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="modality">What its files are; null is what most of them look like.</param>
    /// <exception cref="FeatureTransferException">There is no such folder, or it cannot be written to.</exception>
    public StudioFolder(string path, Modality? modality = null)
    {
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (!Directory.Exists(Root))
            throw new FeatureTransferException($"{path}: there is no such folder. Name the folder of your images, recordings or texts; it may be empty.");
        try
        {
            Directory.CreateDirectory(OwnPath(""));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FeatureTransferException($"{path}: cannot be written to ({exception.Message}) The studio keeps labels there; copy the folder to where you may write.", exception);
        }

        Modality = modality ?? Guess();
        Kind = Modality switch { Modality.Audio => FileKind.Recordings, Modality.Text => FileKind.Texts, _ => FileKind.Images };
    }

    /// <summary>Its full path.</summary>
    public string Root { get; }

    /// <summary>Its own name.</summary>
    public string Name => Path.GetFileName(Root) is { Length: > 0 } name ? name : "studio";

    /// <summary>What its files are.</summary>
    public Modality Modality { get; }

    /// <summary>Which files are rows.</summary>
    public FileKind Kind { get; }

    /// <summary>A path among what the studio keeps for itself.</summary>
    public string OwnPath(string name) => Path.Combine(Root, Own, name);

    /// <summary>A file beside the data.</summary>
    public string Beside(string name) => Path.Combine(Root, name);

    /// <summary>The rows, in the order of their paths. Hidden files and folders are left out, as are links.</summary>
    public IReadOnlyList<FolderRow> List() =>
    [
        .. Files().Where(file => Kind.Has(file.Name, null) == true)
            .Select(Row).OrderBy(row => row.Path, StringComparer.Ordinal),
    ];

    /// <summary>The full path of a row, which is there and no link leads out of the folder.</summary>
    /// <exception cref="BadInputException">It is gone, or a link by now.</exception>
    public string PathOf(FolderRow row)
    {
        var path = Root;
        foreach (var part in row.Path.Split('/'))
        {
            path = Path.Combine(path, part);
            if (part is ".." or "." || new FileInfo(path).LinkTarget is not null)
                throw new BadInputException(row.Path, "it is a link, and the studio follows none");
        }

        return File.Exists(path) ? path : throw new BadInputException(row.Path, "it is gone");
    }

    /// <summary>A row for a backbone to read.</summary>
    /// <exception cref="BadInputException">It is gone.</exception>
    public InputValue Input(FolderRow row) => Modality == Modality.Text ? InputValue.FromText(Text(row), row.Path) : InputValue.FromFile(PathOf(row));

    /// <summary>What a text says.</summary>
    /// <exception cref="BadInputException">It is gone.</exception>
    public string Text(FolderRow row)
    {
        try
        {
            return File.ReadAllText(PathOf(row), Encoding.UTF8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(row.Path, $"it cannot be read ({exception.Message})", exception);
        }
    }

    /// <summary>Takes a file in. It appears when it is whole, under its own name made safe, or that name with a number where there is one already.</summary>
    /// <param name="name">What it was called.</param>
    /// <param name="content">Its bytes.</param>
    /// <exception cref="BadInputException">It is no file of this kind.</exception>
    public FolderRow Add(string name, ReadOnlySpan<byte> content)
    {
        var safe = SafeName.Of(name);
        if (Kind.Has(safe, null) != true || !Begins(content))
            throw new BadInputException(safe, $"it is none of the {Kind.Name} that this folder holds: files that end in {string.Join(", ", Kind.Endings)}");
        var temporary = OwnPath($"incoming-{Guid.NewGuid():N}");
        File.WriteAllBytes(temporary, content);
        try
        {
            for (var number = 1; ; number++)
            {
                var free = number == 1 ? safe : string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(safe)} ({number}){Path.GetExtension(safe)}");
                if (TryMove(temporary, Beside(free)))
                    return Row(new FileInfo(Beside(free)));
            }
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // A name that another took in this moment is no fault: the next number is tried.
    private static bool TryMove(string from, string to)
    {
        if (Path.Exists(to))
            return false;
        try
        {
            File.Move(from, to, overwrite: false);
            return true;
        }
        catch (IOException) when (Path.Exists(to))
        {
            return false;
        }
    }

    private bool Begins(ReadOnlySpan<byte> content) => Modality switch
    {
        Modality.Image => ImageSniffer.IsImage(content[..Math.Min(64, content.Length)]),
        Modality.Audio => AudioSniffer.IsAudio(content[..Math.Min(64, content.Length)]),
        _ => !content.Contains((byte)0),
    };

    // Not on every system is a name that begins with a dot hidden.
    private IEnumerable<FileInfo> Files() => new DirectoryInfo(Root).EnumerateFiles("*", new EnumerationOptions
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    }).Where(file => !file.FullName.StartsWith(OwnPath(""), StringComparison.Ordinal));

    private FolderRow Row(FileInfo file) => new(Path.GetRelativePath(Root, file.FullName).Replace(Path.DirectorySeparatorChar, '/'), file.Length, file.LastWriteTimeUtc.Ticks);

    private Modality Guess()
    {
        var names = Files().Select(file => file.Name).ToList();
        return names.Exists(name => FileKind.Images.Has(name, null) == true) ? Modality.Image
            : names.Exists(name => FileKind.Recordings.Has(name, null) == true) ? Modality.Audio
            : names.Exists(name => FileKind.Texts.Has(name, null) == true) ? Modality.Text
            : Modality.Image;
    }
}
