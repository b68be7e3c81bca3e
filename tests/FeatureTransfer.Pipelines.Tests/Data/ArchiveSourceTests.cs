using System.IO.Compression;
using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Tests.Data;

public class ArchiveSourceTests
{
    private static readonly (string, byte[])[] _flowers =
    [
        ("flowers/rose/1.jpg", [1]), ("flowers/rose/more/2.png", [2, 2]), ("flowers/tulip/1.jpg", [3]), ("flowers/tulip/notes.txt", [9]),
    ];

    private readonly RejectedRowCollector _rejected = new();
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-archives-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Zip_ClassFolders_BecomeLabelsBelowTheCommonFolder() => AssertFlowers(new ZipSource { Path = Zip(_flowers) });

    [TestCase(false)]
    [TestCase(true)]
    public void Tar_ClassFolders_BecomeLabelsBelowTheCommonFolder(bool gzip) => AssertFlowers(new TarSource { Path = Tar(gzip, _flowers) });

    [Test]
    public void Zip_Root_IsWhereTheClassFoldersAre()
    {
        var rows = Read(new ZipSource { Path = Zip([.. _flowers, ("other/x/1.jpg", [7])]), Root = "flowers" });
        Assert.That(rows.Rows.Select(row => row.Label), Is.EqualTo(new[] { "rose", "rose", "tulip" }));
    }

    [Test]
    public void Zip_ImageInNoClassFolder_IsRejectedByItsMember()
    {
        var path = Zip([.. _flowers, ("flowers/loose.jpg", [7])]);
        Assert.That(Read(new ZipSource { Path = path }).Rows, Has.Count.EqualTo(3));
        Assert.That(_rejected.Rows.Select(row => row.Input), Does.Contain($"{path}/flowers/loose.jpg"));
    }

    [Test]
    public void Zip_OneFolder_SaysWhatIsExpected() =>
        Assert.That(() => Read(new ZipSource { Path = Zip(("rose/1.jpg", [1]), ("rose/2.jpg", [1])) }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("one folder a class"));

    [Test]
    public void Zip_ThatIsATar_NamesTheOtherType()
    {
        Assert.That(() => Read(new ZipSource { Path = Tar(false, _flowers) }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("type tar"));
        Assert.That(() => Read(new TarSource { Path = Zip(_flowers) }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("type zip"));
    }

    private void AssertFlowers(ArchiveSource source)
    {
        var rows = Read(source);
        Assert.Multiple(() =>
        {
            Assert.That(rows.Rows.Select(row => row.Label), Is.EqualTo(new[] { "rose", "rose", "tulip" }));
            Assert.That(rows.Rows.Select(row => row.Path), Is.EqualTo(_flowers.Take(3).Select(member => $"{source.Path}/{member.Item1}")));
            Assert.That(rows.Content!.Read(rows.Rows, _rejected, CancellationToken.None).Select(bytes => bytes.ToArray()), Is.EqualTo(new[] { new byte[] { 1 }, [2, 2], [3] }));
            Assert.That(rows.Content!.Read([rows.Rows[2]], _rejected, CancellationToken.None).Single().ToArray(), Is.EqualTo(new byte[] { 3 }));
        });
    }

    private SourceRows Read(DataSource source) => source.Read(new SourceContext(_folder, _rejected, CancellationToken.None));

    private string Zip(params (string, byte[])[] members) => SampleArchives.Zip(Path.Combine(_folder, "a.zip"), CompressionLevel.Fastest, members);

    private string Tar(bool gzip, params (string, byte[])[] members)
    {
        var path = Path.Combine(_folder, "a.tar");
        File.WriteAllBytes(path, gzip ? SampleArchives.Gzip(SampleArchives.Tar(members)) : SampleArchives.Tar(members));
        return path;
    }
}
