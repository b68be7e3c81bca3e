using FeatureTransfer.Studio.Rows;

namespace FeatureTransfer.Studio.Tests;

/// <summary>Only files of the folder are rows, and what is dropped stays in it.</summary>
public class StudioFolderTests
{
    private ToyFolder _toys = null!;

    [SetUp]
    public void Make() => _toys = new ToyFolder(1);

    [TearDown]
    public void Remove() => _toys.Dispose();

    [TestCase("photo.png", "photo.png")]
    [TestCase("../../etc/photo.png", "photo.png")]
    [TestCase(@"C:\Users\me\photo.png", "photo.png")]
    [TestCase("a:b*c?.png", "a_b_c_.png")]
    [TestCase("..png", "file.png")]
    [TestCase(".hidden.png", "hidden.png")]
    [TestCase("con.png", "file_con.png")]
    [TestCase("COM1.png", "file_COM1.png")]
    [TestCase("line\nbreak\u202Egnp.png", "linebreakgnp.png")]
    [TestCase("", "file")]
    public void Of_Name_IsSafe(string name, string expected) => Assert.That(SafeName.Of(name), Is.EqualTo(expected));

    [Test]
    public void Of_LongName_IsShortened() => Assert.That(SafeName.Of(new string('x', 300) + ".png"), Is.EqualTo(new string('x', 100) + ".png"));

    [Test]
    public void Add_NameIsTaken_GetsANumberAndNothingIsReplaced()
    {
        var folder = new StudioFolder(_toys.Folder);
        var before = File.ReadAllBytes(Path.Combine(_toys.Folder, "red-00.png"));
        var added = ToyFolder.Image(1, 77);
        Assert.That((folder.Add("red-00.png", added).Path, folder.Add("../red-00.png", added).Path), Is.EqualTo(("red-00 (2).png", "red-00 (3).png")));
        Assert.That(File.ReadAllBytes(Path.Combine(_toys.Folder, "red-00.png")), Is.EqualTo(before));
        Assert.That(File.ReadAllBytes(Path.Combine(_toys.Folder, "red-00 (3).png")), Is.EqualTo(added));
        Assert.That(Directory.GetFiles(Path.Combine(_toys.Folder, ".studio")), Is.Empty, "nothing half-written stays");
    }

    [TestCase("page.html")]
    [TestCase("photo.png")]
    [TestCase("photo")]
    public void Add_NoImage_IsRefused(string name)
    {
        var folder = new StudioFolder(_toys.Folder);
        Assert.That(() => folder.Add(name, "<script>"u8), Throws.TypeOf<BadInputException>().With.Message.Contains(".jpg"));
        Assert.That(folder.List(), Has.Count.EqualTo(3));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Links need rights there.")]
    public void List_LinksAndHiddenFiles_AreLeftOut()
    {
        var secret = _toys.Outside("secret.png", ToyFolder.Image(0, 9));
        File.CreateSymbolicLink(Path.Combine(_toys.Folder, "link.png"), secret);
        Directory.CreateSymbolicLink(Path.Combine(_toys.Folder, "out"), Path.GetDirectoryName(secret)!);
        File.WriteAllBytes(Path.Combine(_toys.Folder, ".hidden.png"), ToyFolder.Image(0, 8));
        Assert.That(new StudioFolder(_toys.Folder).List().Select(row => row.Path), Is.EqualTo((string[])["blue-02.png", "green-01.png", "red-00.png"]));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Links need rights there.")]
    public void PathOf_RowThatBecameALink_IsRefused()
    {
        var folder = new StudioFolder(_toys.Folder);
        var row = folder.List()[0];
        File.Delete(folder.PathOf(row));
        File.CreateSymbolicLink(Path.Combine(_toys.Folder, row.Path), _toys.Outside("secret.png", ToyFolder.Image(0, 9)));
        Assert.That(() => folder.PathOf(row), Throws.TypeOf<BadInputException>().With.Message.Contains("link"));
        Assert.That(() => folder.PathOf(row with { Path = "../secret.png" }), Throws.TypeOf<BadInputException>());
    }

    [Test]
    public void Thumbnail_OfARow_IsMadeOnceAndKept()
    {
        var folder = new StudioFolder(_toys.Folder);
        var row = folder.List()[0];
        var picture = new Thumbnails(folder).Of(row);
        File.Delete(folder.PathOf(row));
        Assert.That(picture[..2], Is.EqualTo(new byte[] { 0xFF, 0xD8 }));
        Assert.That(new Thumbnails(folder).Of(row), Is.EqualTo(picture));
    }

    [Test]
    public void Create_NoFolder_SaysWhatIsExpected() =>
        Assert.That(() => new StudioFolder(Path.Combine(_toys.Folder, "none")), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no such folder"));
}
