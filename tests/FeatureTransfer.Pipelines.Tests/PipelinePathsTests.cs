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

    [TestCase("1.2.3", true)]
    [TestCase("9.9.9", false)]
    public void Find_NpmPathWithVersion_WantsThatVersion(string version, bool found)
    {
        var installed = Directory.CreateDirectory(Path.Combine(_folder, "node_modules", "pack")).FullName;
        File.WriteAllText(Path.Combine(installed, "package.json"), """{ "version": "1.2.3" }""");
        Assert.That(PipelinePaths.Find($"npm:pack@{version}/a.json", _folder), Is.EqualTo(found ? Path.Combine(installed, "a.json") : null));
    }

    [Test]
    public void Resolve_MissingNpmPackageWithoutVersion_SaysHowToGetIt() =>
        Assert.That(() => PipelinePaths.Resolve("npm:no-such-pack/a", _folder), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("npm:no-such-pack@VERSION").And.Message.Contains("npm install no-such-pack"));

    [TestCase("npm:pack/../../etc")]
    [TestCase("npm:@scope")]
    public void Resolve_PathOutsideAPackage_IsRefused(string path) =>
        Assert.That(() => PipelinePaths.Resolve(path, _folder), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("not a path in an npm package"));
}
