using System.IO.Compression;
using System.Text;
using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Tests.Inputs.Sources;

public class ImageSourcesTests
{
    private static readonly (string, byte[])[] _members =
    [
        ("top/", []), ("top/a.png", [1, 2, 3]), ("top/readme.txt", [9]), ("__MACOSX/top/a.png", [9]), ("top/._a.png", [9]), ("top/b/ü.JPG", Enumerable.Repeat((byte)7, 5000).ToArray()),
    ];

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-sources-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Folder_TreeWithOddNames_GivesImagesInTheOrderOfTheirPaths()
    {
        string[] names = ["a/x.png", "a-b/x.jpg", "a.webp", "b/c/d.PNG", "b/._d.png", "b/notes.txt"];
        foreach (var name in names)
            Write(name, []);
        var expected = names.Select(name => Path.Combine(_folder, name)).Where(path => !path.EndsWith(".txt", StringComparison.Ordinal) && !path.Contains("._", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        Assert.That(ImageSources.Folder(_folder).Select(image => image.Name), Is.EqualTo(expected));
    }

    [Test]
    public void Folder_ThatIsMissing_IsNamed() =>
        Assert.That(() => ImageSources.Folder(Path.Combine(_folder, "no")), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no such folder"));

    [Test]
    public void Glob_Stars_GoThroughFolders()
    {
        foreach (var name in new[] { "x/1.jpg", "x/y/2.jpg", "x/y/3.png", "z.jpg" })
            Write(name, []);
        Assert.That(ImageSources.Glob(Path.Combine(_folder, "x", "**", "*.jpg")).Select(image => Path.GetFileName(image.Name)), Is.EqualTo(new[] { "1.jpg", "2.jpg" }));
        Assert.That(ImageSources.Glob(Path.Combine(_folder, "no", "*.jpg")), Is.Empty);
    }

    [TestCase(CompressionLevel.NoCompression)]
    [TestCase(CompressionLevel.Fastest)]
    public void Archive_Zip_GivesItsImagesByMember(CompressionLevel level) =>
        AssertMembers(SampleArchives.Zip(Path.Combine(_folder, "x.zip"), level, _members));

    [TestCase(false)]
    [TestCase(true)]
    public void Archive_Tar_GivesItsImagesByMember(bool gzip)
    {
        var tar = SampleArchives.Tar([.. _members.Skip(1)]);
        AssertMembers(Write("x.tar", gzip ? SampleArchives.Gzip(tar) : tar));
    }

    [TestCase(CompressionLevel.NoCompression)]
    [TestCase(CompressionLevel.Fastest)]
    public void Archive_ZipWithAFlippedBit_NeverGivesOtherBytes(CompressionLevel level)
    {
        var random = new Random(1);
        byte[] content = [.. Enumerable.Range(0, 200).Select(_ => (byte)random.Next(16))];
        var zip = SampleArchives.Zip(Path.Combine(_folder, "x.zip"), level, ("a.png", content));
        var whole = File.ReadAllBytes(zip);
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(zip, bytes);
            try
            {
                foreach (var image in ImageSources.Archive(zip))
                    Assert.That(image.Read().ToArray(), Is.EqualTo(content), $"bit {bit}");
            }
            catch (FeatureTransferException)
            {
                // Reported, which is what is wanted.
            }
        }
    }

    [TestCase(0)]
    [TestCase(-6)]
    public void Archive_CompressedTarThatIsDamagedAtItsEnd_IsNamed(int from)
    {
        var gzip = SampleArchives.Gzip(SampleArchives.Tar(("a.png", [1, 2, 3])));
        if (from == 0)
            gzip = gzip[..^4];
        else
            gzip[^-from] ^= 1;
        var path = Write("x.tar.gz", gzip);
        Assert.That(() => ImageSources.Archive(path).Count(), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("behind a.png"));
    }

    [Test]
    public void Crc32_OfTheStandardsExample_IsItsValue()
    {
        Assert.That(Crc32.Of("123456789"u8), Is.EqualTo(0xCBF43926));
        Assert.That(Crc32.Of("The quick brown fox jumps over the lazy dog"u8), Is.EqualTo(0x414FA339));
        Assert.That(Crc32.Of([]), Is.Zero);
    }

    [Test]
    public void Archive_ZipWithADamagedMember_RejectsThatOneAlone()
    {
        var noise = new byte[4000];
        new Random(1).NextBytes(noise);
        var path = SampleArchives.Zip(Path.Combine(_folder, "x.zip"), CompressionLevel.Fastest, ("a.png", Enumerable.Repeat((byte)7, 5000).ToArray()), ("b.png", noise));
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(35, 12).Fill(0xff);
        File.WriteAllBytes(path, bytes);
        var images = ImageSources.Archive(path).ToList();
        Assert.That(() => images[0].Read(), Throws.TypeOf<BadInputException>().With.Message.Contains("x.zip/a.png").And.Message.Contains("damaged"));
        Assert.That(images[1].Read().ToArray(), Is.EqualTo(noise));
    }

    [Test]
    public void Archive_ZipCutOff_SaysSo()
    {
        var path = SampleArchives.Zip(Path.Combine(_folder, "x.zip"), CompressionLevel.NoCompression, _members);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..200]);
        Assert.That(() => ImageSources.Archive(path).ToList(), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("x.zip").And.Message.Contains("cut off"));
    }

    [Test]
    public void Archive_TarCutOff_NamesTheMember()
    {
        var path = Write("x.tar", SampleArchives.Tar(("a.png", [1]), ("b.png", new byte[3000]))[..^3000]);
        Assert.That(() => ImageSources.Archive(path).ToList(), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("x.tar").And.Message.Contains("b.png"));
    }

    [Test]
    public void Archive_ThatIsMissing_IsNamed() =>
        Assert.That(() => ImageSources.Archive(Path.Combine(_folder, "no.zip")), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no.zip"));

    [TestCase("a b.png\nü.png\r\n\n")]
    [TestCase("a b.png\0ü.png\0")]
    [TestCase("a b.png\0ü.png")]
    public void TarOrPaths_List_GivesThePaths(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        Assert.That(ImageSources.TarOrPaths(stream, "stdin").Select(image => image.Name), Is.EqualTo(new[] { "a b.png", "ü.png" }));
    }

    [Test]
    public void TarOrPaths_NulList_KeepsNewlinesInNames()
    {
        using var stream = new MemoryStream("a\nb.png\0c.png\0"u8.ToArray());
        Assert.That(ImageSources.TarOrPaths(stream, "stdin").Select(image => image.Name), Is.EqualTo(new[] { "a\nb.png", "c.png" }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void TarOrPaths_Tar_GivesItsImages(bool gzip)
    {
        var tar = SampleArchives.Tar(("a.png", [1, 2]), ("b.txt", [3]));
        using var stream = new MemoryStream(gzip ? SampleArchives.Gzip(tar) : tar);
        var images = ImageSources.TarOrPaths(stream, "stdin").ToList();
        Assert.That(images.Select(image => image.Name), Is.EqualTo(new[] { "stdin/a.png" }));
        Assert.That(images[0].Read().ToArray(), Is.EqualTo(new byte[] { 1, 2 }));
    }

    [Test]
    public void TarOrPaths_Empty_GivesNothing() => Assert.That(ImageSources.TarOrPaths(Stream.Null, "stdin"), Is.Empty);

    private static void AssertMembers(string path)
    {
        var images = ImageSources.Archive(path).ToList();
        Assert.That(images.Select(image => image.Name), Is.EqualTo(new[] { $"{path}/top/a.png", $"{path}/top/b/ü.JPG" }));
        Assert.That(images[0].Read().ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(images[1].Read().ToArray(), Is.EqualTo(_members[^1].Item2));
    }

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }
}
