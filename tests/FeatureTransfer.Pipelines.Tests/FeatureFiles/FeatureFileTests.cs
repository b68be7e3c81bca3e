using FeatureTransfer.Extraction;
using FeatureTransfer.Pipelines.FeatureFiles;

namespace FeatureTransfer.Pipelines.Tests.FeatureFiles;

public class FeatureFileTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-features-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("features.xlsx")]
    [TestCase("features")]
    public void CheckEnding_Unknown_NamesTheKnownOnes(string name) =>
        Assert.That(() => FeatureFile.CheckEnding(name), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(name).And.Message.Contains(".parquet, .csv, .npy"));

    [Test]
    public void Write_EndingInCapitals_IsKnown()
    {
        var file = Path.Combine(_folder, "A.NPY");
        FeatureFile.Write(file, 2, FeatureRows.Make(3, 2));
        Assert.That(NpyFile.Read(file).Shape, Is.EqualTo(new[] { 3, 2 }));
    }

    [Test]
    public void Write_RowsFailHalfway_LeavesTheFormerFileAndNothingElse([Values(".npy", ".csv", ".parquet")] string ending)
    {
        var file = Path.Combine(_folder, "features" + ending);
        FeatureFile.Write(file, 2, FeatureRows.Make(3, 2));
        var before = File.ReadAllBytes(file);
        Assert.That(() => FeatureFile.Write(file, 2, Failing()), Throws.InvalidOperationException);
        Assert.That(File.ReadAllBytes(file), Is.EqualTo(before));
        Assert.That(Directory.GetFiles(_folder), Is.EquivalentTo(new[] { file, FeatureFile.NamesPath(file) }.OfType<string>()));
    }

    [Test]
    public void Write_Npy_HasTheInputsBesideItOneALine()
    {
        var file = Path.Combine(_folder, "a.npy");
        FeatureFile.Write(file, 1, [new ExtractedFeatures("photos/ä 1.png", [1f]), new ExtractedFeatures("two\nlines.png", [2f])]);
        Assert.That(FeatureFile.NamesPath(file), Is.EqualTo(Path.Combine(_folder, "a.names.txt")));
        Assert.That(File.ReadAllText(FeatureFile.NamesPath(file)!), Is.EqualTo("photos/ä 1.png\ntwo lines.png\n"));
        Assert.That(FeatureFile.NamesPath("a.csv"), Is.Null);
    }

    [Test]
    public void Write_ManyRows_ReadsThemOnceAsItWrites()
    {
        var asked = 0;
        var rows = Enumerable.Range(0, 10).Select(row => new ExtractedFeatures($"{asked++}", [row]));
        Assert.That(FeatureFile.Write(Path.Combine(_folder, "a.csv"), 1, rows), Is.EqualTo(10));
        Assert.That(asked, Is.EqualTo(10));
    }

    private static IEnumerable<ExtractedFeatures> Failing()
    {
        yield return new ExtractedFeatures("a", [1f, 2f]);
        throw new InvalidOperationException("The source broke.");
    }
}
