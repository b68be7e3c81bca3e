using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Tests.Inputs.Sources;

/// <summary>Which files of a folder or an archive are taken, and what is said of the others.</summary>
public class ImageFilesTests
{
    private static readonly byte[] _png = TestImages.SolidPng(2, 2, 1, 2, 3);
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-files-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("__MACOSX/a.png", true)]
    [TestCase("x/__MACOSX/a.png", false)]
    [TestCase("x/._a.png", true)]
    [TestCase("x/.a.png", false)]
    [TestCase("x/_a.png", false)]
    [TestCase("x/.DS_Store", true)]
    [TestCase("Thumbs.db", true)]
    [TestCase("x/desktop.ini", true)]
    [TestCase("x/desktop.png", false)]
    public void IsHidden_FilesOfTheSystem_Are(string name, bool expected) => Assert.That(ImageFiles.IsHidden(name), Is.EqualTo(expected));

    [TestCase("a.JPG", null, true)]
    [TestCase("a.avif", null, null)]
    [TestCase("a", null, null)]
    [TestCase("a.jpg", "", true)]
    [TestCase("a.jpg", ".dat", false)]
    [TestCase("a.DAT", ".dat", true)]
    public void IsImage_Endings_DecideWhereTheyAreKnown(string name, string? endings, bool? expected) =>
        Assert.That(ImageFiles.IsImage(name, endings?.Split(',', StringSplitOptions.RemoveEmptyEntries)), Is.EqualTo(expected));

    [Test]
    public void Images_UnknownEndings_AreTakenByTheirContentAndTheOthersCounted()
    {
        foreach (var name in new[] { "a", "b/c.dat" })
            Write(name, _png);
        foreach (var name in new[] { "d.txt", "e.txt", "f", "._g.png", "h.csv", "i.x1", "j.x2", "k.x3", "l.x4" })
            Write(name, "text, and no image"u8.ToArray());
        Write("empty.x5", []);
        Write("short", [(byte)'B']);
        var left = new LeftFiles();
        Assert.That(ImageFiles.Images(_folder, null, left).Select(Path.GetFileName), Is.EqualTo(new[] { "a", "c.dat" }));
        Assert.That(left.Notes("here"), Is.EqualTo(new[] { "here: 10 files were left alone, for they are no images: .txt (2), no ending (2), .csv (1), .x1 (1), .x2 (1) and others" }));
    }

    [Test]
    public void Images_GivenEndings_LeaveTheOthersUnopened()
    {
        Write("a.png", _png);
        Write("b.dat", [1]);
        var left = new LeftFiles();
        Assert.That(ImageFiles.Images(_folder, [".dat"], left).Select(Path.GetFileName), Is.EqualTo(new[] { "b.dat" }));
        Assert.That(left.Notes("here"), Is.EqualTo(new[] { "here: 1 files were left alone, for they are no images: .png (1)" }));
        Assert.That(new LeftFiles().Notes("here"), Is.Empty);
    }

    [Test]
    public void Walk_LinksToFolders_AreFollowedUnlessTheyLieWithin()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Links need a privilege on Windows.");
        Write("a/1.png", []);
        Write("z/2.png", []);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "a", "loop"), _folder);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "other"), Path.Combine(_folder, "z"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "z", "round"), Path.Combine(_folder, "other"));
        var left = new LeftFiles();
        Assert.That(ImageFiles.Walk(_folder, left).Select(path => Path.GetRelativePath(_folder, path)), Is.EqualTo(new[] { "a/1.png", "other/2.png", "z/2.png" }));
        Assert.That(left.Notes("here"), Is.EqualTo(new[] { "a/loop", "other/round", "z/round" }.Select(path => $"{Path.Combine(_folder, path)} is a link to a folder that it lies in, so it was left out")));
    }

    [Test]
    public void Images_FileThatCannotBeRead_IsTakenToBeRejectedLater()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Links need a privilege on Windows.");
        File.CreateSymbolicLink(Path.Combine(_folder, "dangling"), Path.Combine(_folder, "nowhere"));
        Assert.That(ImageFiles.Images(_folder, null, new LeftFiles()).Select(Path.GetFileName), Is.EqualTo(new[] { "dangling" }));
    }

    [TestCase("x/*.png", "x", "1.png")]
    [TestCase("x/?.png", "x", "1.png")]
    [TestCase("x/**/*.png", "x", "1.png,2.png")]
    [TestCase("x/y/../*.png", "x", "1.png")]
    [TestCase("x/1.png", "x", "1.png")]
    [TestCase("x/*/2*", "x", "2.png")]
    [TestCase("x/**", "x", "1.png,2.png")]
    [TestCase("**/y/**/*.png", "", "2.png")]
    [TestCase("x/*", "x", "1.png")]
    [TestCase("x/*.PNG", "x", "")]
    [TestCase("no/*.png", "no", "")]
    public void Glob_Pattern_StartsInTheFolderBeforeTheWildcard(string pattern, string folder, string expected)
    {
        Write("x/1.png", []);
        Write("x/y/2.png", []);
        var glob = new FileGlob(Path.Combine(_folder, pattern));
        Assert.That(Path.TrimEndingDirectorySeparator(glob.Folder), Is.EqualTo(Path.TrimEndingDirectorySeparator(Path.Combine(_folder, folder))));
        Assert.That(string.Join(',', glob.Files().Select(Path.GetFileName)), Is.EqualTo(expected));
        Assert.That(FileGlob.Is(pattern), Is.EqualTo(pattern.Contains('*') || pattern.Contains('?')));
    }

    [Test]
    public void Glob_WithoutFolder_StartsHere() => Assert.That(new FileGlob("*.png").Folder, Is.EqualTo(Directory.GetCurrentDirectory()));

    [Test]
    public void Archive_MembersByContent_AreTakenAndTheOthersCounted()
    {
        var path = Write("x.tar", SampleArchives.Tar(("./a", _png), ("b.txt", [1]), ("c.jpg", [2]), ("d.gif", [])));
        var left = new LeftFiles();
        var images = ImageSources.Archive(path, null, left).ToList();
        Assert.That(images.Select(image => image.Name), Is.EqualTo(new[] { $"{path}/a", $"{path}/c.jpg", $"{path}/d.gif" }));
        Assert.That(images[0].Read().ToArray(), Is.EqualTo(_png));
        Assert.That(left.Notes("x"), Is.EqualTo(new[] { "x: 1 files were left alone, for they are no images: .txt (1)" }));
        Assert.That(ImageSources.Archive(path, [".txt"], left).Single().Read().ToArray(), Is.EqualTo(new byte[] { 1 }));
        Assert.That(left.Notes("x"), Is.EqualTo(new[] { "x: 4 files were left alone, for they are no images: .gif (1), .jpg (1), .txt (1), no ending (1)" }));
    }

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }
}
