using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Tests.Data;

public class ImageFolderSourceTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-folder-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Read_ClassFolders_GivesTheImagesInOrder()
    {
        Touch("dog/b.PNG", "dog/a.jpg", "dog/notes.txt", "cat/deep/z.webp", ".hidden/x.png");
        var rows = Read();
        Assert.That(rows.Select(row => row.Label), Is.EqualTo(new[] { "cat", "dog", "dog" }));
        Assert.That(rows.Select(row => Path.GetFileName(row.Path)), Is.EqualTo(new[] { "z.webp", "a.jpg", "b.PNG" }));
    }

    [Test]
    public void Read_ImagesWithoutClassFolders_SaysToMoveThem()
    {
        Touch("a.jpg");
        Assert.That(Read, Throws.TypeOf<FeatureTransferException>().With.Message.Contains("directly in this folder"));
    }

    [Test]
    public void Read_NoImages_NamesTheEndings()
    {
        Touch("cat/a.txt");
        Assert.That(Read, Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no images").And.Message.Contains(".webp"));
    }

    [Test]
    public void Read_NoFolder_SaysSo() =>
        Assert.That(() => new ImageFolderSource { Path = "nowhere" }.Read(new SourceContext(_folder, new RejectedRowCollector(), CancellationToken.None)), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no such folder"));

    [Test]
    public void Read_UnknownEndings_TakesImagesByContentAndCountsTheRest()
    {
        Touch("cat/a.jpg", "cat/notes.txt", "cat/more.txt", "dog/.DS_Store", "dog/b.png");
        File.WriteAllBytes(Path.Combine(_folder, "dog", "c.jfif"), [0xFF, 0xD8, 0xFF, 0xE0, 0, 16]);
        File.WriteAllBytes(Path.Combine(_folder, "dog", "d.heic"), [0, 0, 0, 24, .. "ftypheic"u8]);
        var notes = new List<string>();
        Assert.That(Read(notes, new RejectedRowCollector()).Select(row => Path.GetFileName(row.Path)), Is.EqualTo(new[] { "a.jpg", "b.png", "c.jfif", "d.heic" }));
        Assert.That(notes.Single(), Does.Contain("2 files").And.Contain(".txt (2)"));
    }

    [Test]
    public void Read_EmptyClassAndImageBesideTheClasses_AreToldOf()
    {
        Touch("cat/a.jpg", "dog/b.jpg", "stray.jpg");
        Directory.CreateDirectory(Path.Combine(_folder, "horse"));
        var (notes, rejected) = (new List<string>(), new RejectedRowCollector());
        Read(notes, rejected);
        Assert.That(notes.Single(), Does.Contain("horse has no images"));
        Assert.That(rejected.Rows.Single().Reason, Does.Contain("lies in no class folder"));
    }

    [Test]
    public void Read_LinkToAFolderAbove_IsNotFollowedRoundAndRound()
    {
        Touch("cat/a.jpg", "dog/b.jpg");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "dog", "all"), _folder);
        var notes = new List<string>();
        var rows = Read(notes, new RejectedRowCollector());
        Assert.That(rows.Count(row => row.Label == "dog"), Is.LessThanOrEqualTo(3));
        Assert.That(notes, Has.Some.Contain("is a link to a folder that it lies in"));
    }

    private IReadOnlyList<SourceRow> Read(List<string> notes, RejectedRowCollector rejected) =>
        new ImageFolderSource { Path = _folder }.Read(new SourceContext(null, rejected, CancellationToken.None) { Note = notes.Add }).Rows;

    private IReadOnlyList<SourceRow> Read() => new ImageFolderSource { Path = _folder }.Read(new SourceContext(null, new RejectedRowCollector(), CancellationToken.None)).Rows;

    private void Touch(params string[] files)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(_folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
        }
    }
}
