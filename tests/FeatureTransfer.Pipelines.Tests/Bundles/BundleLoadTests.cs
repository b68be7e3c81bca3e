using FeatureTransfer.Models;
using Microsoft.ML;

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
    public void Load_ModelFileOfNoPipeline_NamesTheWayOut()
    {
        Write(new ModelFileWriter(new MLContext().Model));
        AssertFails("pipeline.json", "ml.Model.LoadBundle");
    }

    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("""{ "labels": 3 }""")]
    public void Load_ManifestOfAnotherKind_SaysThatItCannotBeRead(string manifest)
    {
        Write(new ModelFileWriter(new MLContext().Model).Attach("pipeline.json", System.Text.Encoding.UTF8.GetBytes(manifest)));
        AssertFails("pipeline.json", "cannot be read");
    }

    private void Write(ModelFileWriter writer)
    {
        var ml = new MLContext();
        var rows = ml.Data.LoadFromEnumerable(new[] { new Row() });
        writer.Write(_file, ml.Transforms.CopyColumns("Copy", "Text").Fit(rows), rows.Schema);
    }

    private void AssertFails(params string[] expected)
    {
        var exception = Assert.Throws<FeatureTransferException>(() => Bundle.Load(_file));
        foreach (var text in expected.Append(_file))
            Assert.That(exception.Message, Does.Contain(text));
    }

    private sealed class Row
    {
        public string Text { get; set; } = "";
    }
}
