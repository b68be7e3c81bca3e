using FeatureTransfer.Inputs.Images;

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

    /// <summary>
    /// The images among members: by their endings where these are known or given, else by their first bytes. Those that were looked at keep their bytes,
    /// for a tar has gone past them.
    /// </summary>
    public static IEnumerable<ArchiveMember> Images(IEnumerable<ArchiveMember> members, IReadOnlyList<string>? endings, LeftFiles left)
    {
        foreach (var member in members.Where(member => !ImageFiles.IsHidden(member.Name)))
        {
            if (ImageFiles.IsImage(member.Name, endings) is { } isImage)
            {
                if (isImage)
                    yield return member;
                else
                    left.File(member.Name);
            }
            else if (Content(member) is { } bytes && ImageSniffer.IsImage(bytes.Span))
            {
                yield return member with { Read = () => bytes };
            }
            else
            {
                left.File(member.Name);
            }
        }
    }

    private static ReadOnlyMemory<byte>? Content(ArchiveMember member)
    {
        try
        {
            return member.Read();
        }
        catch (BadInputException)
        {
            return null;
        }
    }

    /// <summary>What rejects call it by.</summary>
    public static string Place(string archive, string member) => $"{archive}/{member}";
}
