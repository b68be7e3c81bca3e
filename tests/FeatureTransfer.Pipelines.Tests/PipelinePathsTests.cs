using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Pipelines.Tests;

public class PipelinePathsTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-paths-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Resolve_RelativePath_StartsFromTheFolder() =>
        Assert.That(PipelinePaths.Resolve("../x/y.csv", Path.Combine(_folder, "p")), Is.EqualTo(Path.Combine(_folder, "x", "y.csv")));

    [TestCase("npm:pack/a/b.json", "pack")]
    [TestCase("npm:@scope/pack/a/b.json", "@scope/pack")]
    public void Resolve_NpmPath_FindsThePackageInAFolderAbove(string path, string package)
    {
        var installed = Directory.CreateDirectory(Path.Combine(_folder, "node_modules", package)).FullName;
        var start = Directory.CreateDirectory(Path.Combine(_folder, "deep", "er")).FullName;
        Assert.That(PipelinePaths.Resolve(path, start), Is.EqualTo(Path.Combine(installed, "a", "b.json")));
    }

    [Test]
    public void Resolve_MissingNpmPackage_SaysHowToRestoreIt() =>
        Assert.That(() => PipelinePaths.Resolve("npm:no-such-pack/a", _folder), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no-such-pack").And.Message.Contains("npm ci"));

    [TestCase("npm:pack/../../etc")]
    [TestCase("npm:@scope")]
    public void Resolve_PathOutsideAPackage_IsRefused(string path) =>
        Assert.That(() => PipelinePaths.Resolve(path, _folder), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("not a path in an npm package"));
}
