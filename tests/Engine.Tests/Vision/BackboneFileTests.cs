using Microsoft.ML.Vision;
using Architecture = Microsoft.ML.Vision.ImageClassificationTrainer.Architecture;

namespace Engine.Tests.Vision;

[TestFixture]
public class BackboneFileTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("backbones-").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(Architecture.MobilenetV2, "ft models pull mobilenet_v2.nsfwjs")]
    [TestCase(Architecture.InceptionV3, "ft models pull inception_v3.nsfwjs")]
    [TestCase(Architecture.ResnetV250, "resnet_v2_50.json")]
    [TestCase(Architecture.ResnetV2101, "MICROSOFTML_RESOURCE_PATH")]
    public void Find_NoFile_SaysWhereItWasLookedForAndWhatToDo(Architecture architecture, string advice) => Assert.That(
        () => BackboneFile.Find(architecture, ["/nowhere", _folder]),
        Throws.TypeOf<FileNotFoundException>().With.Message.Contains("/nowhere").And.Message.Contains(_folder).And.Message.Contains(advice));

    [Test]
    public void Find_SeveralFolders_TakesTheFirstThatHasIt()
    {
        var (first, second) = (Path.Combine(_folder, "a"), Path.Combine(_folder, "b"));
        string expected = TinyBackbone.Save(second);
        TinyBackbone.Save(Path.Combine(_folder, "c"));
        Directory.CreateDirectory(first);

        Assert.That(BackboneFile.Find(Architecture.MobilenetV2, [first, second, Path.Combine(_folder, "c")]).Path, Is.EqualTo(expected));
    }

    [Test]
    public void Find_TaggedFiles_TakesTheNewestWithACard()
    {
        File.SetLastWriteTimeUtc(TinyBackbone.Save(_folder, "mobilenet_v2.a-1", "{}"), DateTime.UtcNow.AddDays(-1));
        string expected = TinyBackbone.Save(_folder, "mobilenet_v2.a-2", "{}");
        File.SetLastWriteTimeUtc(TinyBackbone.Save(_folder, "mobilenet_v2.a-3"), DateTime.UtcNow.AddDays(1));

        Assert.That(BackboneFile.Find(Architecture.MobilenetV2, [_folder]).Path, Is.EqualTo(expected));
    }

    [Test]
    public void Find_PlainName_GoesBeforeTags()
    {
        string expected = TinyBackbone.Save(_folder);
        TinyBackbone.Save(_folder, "mobilenet_v2.a-2", "{}");

        Assert.That(BackboneFile.Find(Architecture.MobilenetV2, [_folder]), Is.EqualTo(new BackboneFile(expected)));
    }

    [Test]
    public void Folders_BeginWithTheWorkspaceAndTheVariable()
    {
        string? before = Environment.GetEnvironmentVariable(BackboneFile.FolderVariable);
        try
        {
            Environment.SetEnvironmentVariable(BackboneFile.FolderVariable, _folder);
            Assert.That(BackboneFile.Folders("/workspace").Take(2), Is.EqualTo(new[] { "/workspace", _folder }));
            Assert.That(BackboneFile.Folders(null)[0], Is.EqualTo(_folder));
        }
        finally
        {
            Environment.SetEnvironmentVariable(BackboneFile.FolderVariable, before);
        }
    }
}
