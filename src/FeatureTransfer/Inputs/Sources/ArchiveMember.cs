namespace FeatureTransfer.Inputs.Sources;

/// <summary>A file in an archive.</summary>
/// <param name="Position">Its place among all members, from 0.</param>
/// <param name="Name">Its path in the archive, with <c>/</c>.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Read">Its bytes; of a tar only until the next member is asked for. Throws <see cref="BadInputException"/>.</param>
internal readonly record struct ArchiveMember(long Position, string Name, long Length, Func<ReadOnlyMemory<byte>> Read)
{
    /// <summary>No image is larger; a member that says so is damaged or a trap.</summary>
    public const long MostBytes = 1 << 29;

    /// <summary>Whether it is an image and not what macOS adds to archives.</summary>
    public bool IsImage(IReadOnlyList<string>? endings = null) => !Name.StartsWith("__MACOSX/", StringComparison.Ordinal) && ImageFiles.IsImage(Name, endings);

    /// <summary>What rejects call it by.</summary>
    public static string Place(string archive, string member) => $"{archive}/{member}";
}
