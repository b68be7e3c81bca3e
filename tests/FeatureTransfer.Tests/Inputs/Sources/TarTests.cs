using System.Formats.Tar;
using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Tests.Inputs.Sources;

/// <summary>Tars with links, folders and damage.</summary>
public class TarTests
{
    [Test]
    public void Read_EveryKindOfEntry_GivesFilesAndLinksByPosition()
    {
        using var tar = Tar(
            new PaxTarEntry(TarEntryType.Directory, "x/"),
            new PaxTarEntry(TarEntryType.RegularFile, "./x/a.png") { DataStream = new MemoryStream([1, 2]) },
            new PaxTarEntry(TarEntryType.Fifo, "x/pipe"),
            new V7TarEntry(TarEntryType.V7RegularFile, "old.png") { DataStream = new MemoryStream([3]) },
            new PaxTarEntry(TarEntryType.SymbolicLink, "./x/s.png") { LinkName = "a.png" },
            new PaxTarEntry(TarEntryType.HardLink, "x/h.png") { LinkName = "x/a.png" });
        var seen = new List<string>();
        foreach (var member in TarMembers.Read(tar, "t.tar"))
            seen.Add($"{member.Position} {member.Name} {member.Length} {Content(member)}");
        Assert.That(seen, Is.EqualTo(new[]
        {
            "1 x/a.png 2 1,2", "3 old.png 1 3",
            "4 x/s.png 0 t.tar/x/s.png: the member is a link to a.png, and links in archives are not followed",
            "5 x/h.png 0 t.tar/x/h.png: the member is a link to x/a.png, and links in archives are not followed",
        }));
    }

    [Test]
    public void Read_ThatDoesNotStartAsATar_SaysWhere()
    {
        var exception = Assert.Throws<FeatureTransferException>(() => TarMembers.Read(new MemoryStream(new byte[700].Select(_ => (byte)'x').ToArray()), "t.tar").Count());
        Assert.That(exception.Message, Does.StartWith("t.tar: the tar is damaged or ends early, behind (the start) (").And.EndsWith(") Copy or download it again; the features up to there are in the cache."));
    }

    [Test]
    public void Read_CutWithinAMember_NamesIt([Values] bool gzip)
    {
        var tar = SampleArchives.Tar(("a.png", [1]), ("b.png", Noise(3000)));
        tar = gzip ? SampleArchives.Gzip(tar)[..2500] : tar[..^2500];
        Assert.That(
            () => TarMembers.Read(new MemoryStream(tar), "t").Select(Content).ToList(),
            Throws.TypeOf<FeatureTransferException>().With.Message.StartsWith("t: the tar is damaged or ends early, within b.png ("));
    }

    [Test]
    public void Read_BytesBehindTheEnd_ArePassedOver() =>
        Assert.That(TarMembers.Read(new MemoryStream([.. SampleArchives.Tar(("a.png", [1])), .. new byte[5000]]), "t").Single().Name, Is.EqualTo("a.png"));

    [Test]
    public void Read_FileThatIsMissing_IsNamedAtOnce() =>
        Assert.That(() => TarMembers.Read("nowhere.tar"), Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo("nowhere.tar: there is no such file; give the path of a zip or tar with images."));

    [TestCase("a.ZIP", true)]
    [TestCase("a.tar.gz", true)]
    [TestCase("a.tgz", true)]
    [TestCase("a.tar", true)]
    [TestCase("a.gz", false)]
    public void IsArchive_Endings_AreThoseOfArchives(string name, bool expected) => Assert.That(ArchiveFile.IsArchive(name), Is.EqualTo(expected));

    [Test]
    public void Open_Folder_SaysThatItCannotBeRead() =>
        Assert.That(() => ArchiveFile.Open(Path.GetTempPath()), Throws.TypeOf<FeatureTransferException>().With.Message.StartsWith($"{Path.GetTempPath()}: cannot be read ("));

    private static string Content(ArchiveMember member)
    {
        try
        {
            return string.Join(',', member.Read().ToArray());
        }
        catch (BadInputException exception)
        {
            return exception.Message;
        }
    }

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(1).NextBytes(noise);
        return noise;
    }

    private static MemoryStream Tar(params TarEntry[] entries)
    {
        var memory = new MemoryStream();
        using (var tar = new TarWriter(memory, leaveOpen: true))
        {
            foreach (var entry in entries)
                tar.WriteEntry(entry);
        }

        memory.Position = 0;
        return memory;
    }
}
