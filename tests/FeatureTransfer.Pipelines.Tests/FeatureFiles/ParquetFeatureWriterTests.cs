using FeatureTransfer.Extraction;
using FeatureTransfer.Pipelines.FeatureFiles;

namespace FeatureTransfer.Pipelines.Tests.FeatureFiles;

public class ParquetFeatureWriterTests
{
    private string _file = "";

    [SetUp]
    public void MakeFolder() => _file = Path.Combine(Directory.CreateTempSubdirectory("ft-parquet-").FullName, "features.parquet");

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [TestCase(1, 1, new[] { 1L })]
    [TestCase(3, 14, new[] { 3L })]
    [TestCase(2, 1280, new[] { 2L })]
    [TestCase(9000, 2, new[] { 4096L, 4096L, 808L })]
    public void Write_Rows_AreWhatAnotherReaderReads(int rows, int features, long[] groups)
    {
        var written = FeatureRows.Make(rows, features);
        Assert.That(FeatureFile.Write(_file, features, written), Is.EqualTo(rows));
        var read = ParquetFile.Read(_file);
        Assert.Multiple(() =>
        {
            Assert.That(read.Rows, Is.EqualTo(rows));
            Assert.That(read.Groups, Is.EqualTo(groups));
            Assert.That(read.Columns, Is.EqualTo(Enumerable.Range(0, features).Select(feature => $"f{feature} FLOAT REQUIRED").Prepend("input BYTE_ARRAY REQUIRED UTF8")));
            Assert.That(read.Inputs, Is.EqualTo(written.Select(row => row.Input)));
            Assert.That(FeatureRows.Bits(read.Values), Is.EqualTo(FeatureRows.Bits(written)));
        });
    }

    [Test]
    public void Write_OddValuesAndNames_StayAsTheyAre()
    {
        string[] names = ["", "größe/中文.png", "a,\"b\"\n.png"];
        FeatureFile.Write(_file, FeatureRows.Odd.Length, names.Select(name => new ExtractedFeatures(name, FeatureRows.Odd)));
        var read = ParquetFile.Read(_file);
        Assert.That(read.Inputs, Is.EqualTo(names));
        Assert.That(FeatureRows.Bits(read.Values), Is.EqualTo(FeatureRows.Bits(names.SelectMany(_ => FeatureRows.Odd))));
    }

    [Test]
    public void Write_NotANumberFirst_DoesNotHideTheOthersFromAFilter()
    {
        FeatureFile.Write(_file, 1, [new ExtractedFeatures("a", [float.NaN]), new ExtractedFeatures("b", [7f]), new ExtractedFeatures("c", [-7f])]);
        Assert.That(ParquetFile.Ask("SELECT input FROM data WHERE f0 BETWEEN 6 AND 8", _file).Select(row => row[0]), Is.EqualTo(new[] { "b" }));
        Assert.That(ParquetFile.Ask("SELECT input FROM data WHERE f0 < 0", _file).Select(row => row[0]), Is.EqualTo(new[] { "c" }));
    }

    [Test]
    public void Write_NoRows_IsAnEmptyTable()
    {
        Assert.That(FeatureFile.Write(_file, 2, []), Is.Zero);
        var read = ParquetFile.Read(_file);
        Assert.That((read.Rows, read.Columns.Length, read.Inputs.Length), Is.EqualTo((0L, 3, 0)));
    }
}
