using System.IO.Compression;

namespace FeatureTransfer.Pipelines.Tests.Bundles;

public class BundleLoadTests
{
    private string _file = "";

    [SetUp]
    public void MakeFile() => _file = Path.Combine(Directory.CreateTempSubdirectory("ft-bundle-").FullName, "model.ftm");

    [TearDown]
    public void RemoveFile() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Test]
    public void Load_NoFile_NamesIt() => AssertFails("cannot be opened");

    [Test]
    public void Load_NoZip_SaysWhatIsExpected()
    {
        File.WriteAllText(_file, "not a zip");
        AssertFails("cannot be opened");
    }

    [Test]
    public void Load_ZipWithoutManifest_SaysWhatIsMissing()
    {
        Write("other.txt", "x");
        AssertFails("bundle.json");
    }

    [Test]
    public void Load_NewerFormat_NamesBothVersions()
    {
        Write("bundle.json", """{ "format": 99 }""");
        AssertFails("format 99", "reads format 1");
    }

    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("""{ "format": "one" }""")]
    [TestCase("""{ "format": 1, "parts": 3 }""")]
    public void Load_DamagedManifest_SaysThatItCannotBeOpened(string manifest)
    {
        Write("bundle.json", manifest);
        AssertFails("cannot be opened");
    }

    [Test]
    public void Load_MissingPart_NamesIt()
    {
        Write("bundle.json", """{ "format": 1, "parts": [ { "file": "parts/0.zip" } ] }""");
        AssertFails("parts/0.zip is missing");
    }

    private void Write(string entry, string content)
    {
        using var zip = ZipFile.Open(_file, ZipArchiveMode.Create);
        using var writer = new StreamWriter(zip.CreateEntry(entry).Open());
        writer.Write(content);
    }

    private void AssertFails(params string[] expected)
    {
        var exception = Assert.Throws<FeatureTransferException>(() => Bundle.Load(_file));
        foreach (var text in expected.Append(_file))
            Assert.That(exception.Message, Does.Contain(text));
    }
}
