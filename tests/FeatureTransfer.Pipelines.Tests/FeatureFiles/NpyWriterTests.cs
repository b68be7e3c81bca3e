using FeatureTransfer.Extraction;
using FeatureTransfer.Pipelines.FeatureFiles;

namespace FeatureTransfer.Pipelines.Tests.FeatureFiles;

public class NpyWriterTests
{
    private string _file = "";

    [SetUp]
    public void MakeFolder() => _file = Path.Combine(Directory.CreateTempSubdirectory("ft-npy-").FullName, "features.npy");

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [TestCase(1, 1)]
    [TestCase(7, 3)]
    [TestCase(300, 1280)]
    public void Write_Rows_HaveTheirShapeAndValues(int rows, int features)
    {
        var written = FeatureRows.Make(rows, features);
        Assert.That(FeatureFile.Write(_file, features, written), Is.EqualTo(rows));
        var file = NpyFile.Read(_file);
        Assert.Multiple(() =>
        {
            Assert.That((file.Type, file.FortranOrder), Is.EqualTo(("<f4", false)));
            Assert.That(file.Shape, Is.EqualTo(new[] { rows, features }));
            Assert.That(FeatureRows.Bits(file.Values), Is.EqualTo(FeatureRows.Bits(written)));
        });
    }

    [Test]
    public void Write_OddValues_KeepTheirBits()
    {
        FeatureFile.Write(_file, FeatureRows.Odd.Length, [new ExtractedFeatures("a", FeatureRows.Odd)]);
        Assert.That(FeatureRows.Bits(NpyFile.Read(_file).Values), Is.EqualTo(FeatureRows.Bits(FeatureRows.Odd)));
    }

    [Test]
    public void Write_NoRows_IsAnArrayOfNone()
    {
        Assert.That(FeatureFile.Write(_file, 5, []), Is.Zero);
        var file = NpyFile.Read(_file);
        Assert.That(file.Shape, Is.EqualTo(new[] { 0, 5 }));
        Assert.That(file.Values, Is.Empty);
    }
}
