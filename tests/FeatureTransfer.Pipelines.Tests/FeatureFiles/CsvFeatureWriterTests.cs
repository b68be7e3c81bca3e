using System.Globalization;
using FeatureTransfer.Extraction;
using FeatureTransfer.Pipelines.FeatureFiles;
using NUnit.Framework.Internal;

namespace FeatureTransfer.Pipelines.Tests.FeatureFiles;

public class CsvFeatureWriterTests
{
    private string _file = "";

    [SetUp]
    public void MakeFolder() => _file = Path.Combine(Directory.CreateTempSubdirectory("ft-csv-").FullName, "features.csv");

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Test]
    public void Write_NumbersWithACommaForAPoint_AreNotWritten()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.TextInfo.ListSeparator) = (",", ";");
        using var restored = new TestExecutionContext.IsolatedContext();
        CultureInfo.CurrentCulture = culture;
        FeatureFile.Write(_file, 2, [new ExtractedFeatures("a.png", [0.5f, -1234.25f]), new ExtractedFeatures("b.png", [1e-7f, 3f])]);
        Assert.That(File.ReadAllLines(_file), Is.EqualTo(new[] { "input,f0,f1", "a.png,0.5,-1234.25", "b.png,1E-07,3" }));
    }

    [Test]
    public void Write_OddValues_ReadBackToTheSameBits()
    {
        FeatureFile.Write(_file, FeatureRows.Odd.Length, [new ExtractedFeatures("a", FeatureRows.Odd)]);
        var values = File.ReadAllLines(_file)[1].Split(',').Skip(1).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)).ToList();
        Assert.That(values[0], Is.NaN);
        Assert.That(FeatureRows.Bits(values.Skip(1)), Is.EqualTo(FeatureRows.Bits(FeatureRows.Odd.Skip(1))));
    }

    [Test]
    public void Write_NamesWithCommasQuotesAndLineBreaks_AreQuoted()
    {
        string[] names = ["a,b.png", "say \"cheese\".png", "two\nlines.png", " blank.png", "ünï.png"];
        FeatureFile.Write(_file, 1, names.Select(name => new ExtractedFeatures(name, [1f])));
        using var text = new StreamReader(_file);
        using var csv = new CsvHelper.CsvReader(text, CultureInfo.InvariantCulture);
        var read = new List<string?>();
        csv.Read();
        while (csv.Read())
            read.Add(csv.GetField(0));
        Assert.That(read, Is.EqualTo(names));
    }
}
