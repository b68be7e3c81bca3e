using FeatureTransfer.Backbones;

namespace FeatureTransfer.Tests.Backbones;

public class NpmPackagesTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("ft-npm-").FullName;
        Install(_folder, "1.0.0");
        Install(Path.Combine(_folder, "inner"), "2.0.0");
    }

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Find_AnyVersion_TakesTheNearest() => Assert.That(
        NpmPackages.Find("ft-test-package", Path.Combine(_folder, "inner", "deep")),
        Is.EqualTo(Path.Combine(_folder, "inner", "node_modules", "ft-test-package")));

    [Test]
    public void FindVersion_NearestIsAnother_GoesOnUpwards() => Assert.That(
        NpmPackages.FindVersion("ft-test-package", "1.0.0", Path.Combine(_folder, "inner", "deep")),
        Is.EqualTo(Path.Combine(_folder, "node_modules", "ft-test-package")));

    [Test]
    public void FindVersion_NoneThatFits_GivesNull() =>
        Assert.That(NpmPackages.FindVersion("ft-test-package", "3.0.0", _folder), Is.Null);

    private static void Install(string folder, string version)
    {
        var package = Directory.CreateDirectory(Path.Combine(folder, "node_modules", "ft-test-package")).FullName;
        File.WriteAllText(Path.Combine(package, "package.json"), $"{{ \"name\": \"ft-test-package\", \"version\": \"{version}\" }}");
    }
}
