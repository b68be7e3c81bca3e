namespace FeatureTransfer.Inputs.Sources;

/// <summary>Where many images come from, one after the other as they are asked for, with memory that does not grow with their number.</summary>
public static partial class ImageSources
{
    private const int PeekedBytes = 4096, TarMagicOffset = 257;

    /// <summary>The images below a folder, in the order of their paths.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="endings">The endings of files to take, without regard to case. Default, and null: files that are images by their content.</param>
    /// <exception cref="FeatureTransferException">There is no such folder.</exception>
    public static IEnumerable<InputValue> Folder(string folder, IReadOnlyList<string>? endings = null) => Folder(folder, endings, new LeftFiles());

    internal static IEnumerable<InputValue> Folder(string folder, IReadOnlyList<string>? endings, LeftFiles left)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Directory.Exists(folder)
            ? ImageFiles.Images(folder, endings, left).Select(InputValue.FromFile)
            : throw new FeatureTransferException($"{folder}: there is no such folder.");
    }

    /// <summary>The files that match a pattern such as <c>photos/**/*.jpg</c>, in the order of their paths.</summary>
    /// <param name="pattern">The pattern; <c>*</c> and <c>?</c> stay within a folder, <c>**</c> goes through all below.</param>
    public static IEnumerable<InputValue> Glob(string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        return new FileGlob(pattern).Files().Select(InputValue.FromFile);
    }

    /// <summary>The images in a zip, a tar or a tar compressed by gzip, in the order of the archive. Each is named by archive and member.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="endings">The endings of members to take, without regard to case. Default, and null: members that are images by their content.</param>
    /// <exception cref="FeatureTransferException">The file is missing, no archive, or damaged.</exception>
    public static IEnumerable<InputValue> Archive(string path, IReadOnlyList<string>? endings = null) => Archive(path, endings, new LeftFiles());

    internal static IEnumerable<InputValue> Archive(string path, IReadOnlyList<string>? endings, LeftFiles left)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Images(ArchiveFile.Members(path), path, endings, left);
    }

    /// <summary>The images in a tar, plain or compressed by gzip, as it streams by.</summary>
    /// <param name="stream">The stream, which need not be able to seek.</param>
    /// <param name="name">What messages and the images' names call it by.</param>
    /// <param name="endings">The endings of members to take, without regard to case. Default, and null: members that are images by their content.</param>
    public static IEnumerable<InputValue> Tar(Stream stream, string name, IReadOnlyList<string>? endings = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Images(TarMembers.Read(stream, name), name, endings, new LeftFiles());
    }

    /// <summary>
    /// What a stream such as standard input names or holds, told by its first bytes: a tar (compressed by gzip or not), or a list of paths,
    /// one a line or with a NUL behind each.
    /// </summary>
    /// <param name="stream">The stream, which need not be able to seek.</param>
    /// <param name="name">What messages and the images' names call it by.</param>
    public static IEnumerable<InputValue> TarOrPaths(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var peeked = new PeekedStream(stream, PeekedBytes);
        if (IsTar(peeked.Start))
            return Tar(peeked, name);
        return PathList.Read(peeked, nul: peeked.Start.Contains((byte)0)).Select(InputValue.FromFile);
    }

    private static bool IsTar(ReadOnlySpan<byte> start) =>
        start is [0x1f, 0x8b, ..] || (start.Length > TarMagicOffset && start[TarMagicOffset..].StartsWith("ustar"u8));

    // Read at once: a tar has gone past its member when the next is asked for.
    private static IEnumerable<InputValue> Images(IEnumerable<ArchiveMember> members, string origin, IReadOnlyList<string>? endings, LeftFiles left) =>
        ArchiveMember.Images(members, endings, left).Select(member => Read(member, ArchiveMember.Place(origin, member.Name)));

    private static InputValue Read(ArchiveMember member, string name)
    {
        try
        {
            return InputValue.FromBytes(member.Read(), name);
        }
        catch (BadInputException exception)
        {
            return InputValue.FromReader(name, () => throw exception);
        }
    }
}
