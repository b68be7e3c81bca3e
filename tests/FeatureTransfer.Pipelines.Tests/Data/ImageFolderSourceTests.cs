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
