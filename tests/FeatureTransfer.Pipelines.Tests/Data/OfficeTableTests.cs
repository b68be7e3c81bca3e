using System.Text;
using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Tests.Data;

/// <summary>Tables as programs of offices write them, in countries with other marks and letters.</summary>
public class OfficeTableTests
{
    private RejectedRowCollector _rejected = new();
    private List<string> _notes = [];
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => (_folder, _rejected, _notes) = (Directory.CreateTempSubdirectory("ft-office-").FullName, new RejectedRowCollector(), []);

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(';', "semicolons")]
    [TestCase('\t', "tabs")]
    [TestCase('|', "vertical bars")]
    public void Separator_IsFoundAndSaid(char separator, string name)
    {
        var rows = Read(new CsvSource { Path = Write("path,label\n1.png,a, b\n2.png,c\n".Replace(", b", "+ b", StringComparison.Ordinal).Replace(',', separator).Replace('+', ',')) });
        Assert.That(rows.Select(row => row.Label), Is.EqualTo(new[] { "a, b", "c" }));
        Assert.That(_notes.Single(), Does.Contain(name));
    }

    [Test]
    public void Separator_OfExcelsFirstLineOrOfTheOption_IsTaken()
    {
        Assert.That(Read(new CsvSource { Path = Write("sep=;\npath;label\n1.png;a\n") }).Single().Label, Is.EqualTo("a"));
        Assert.That(() => Read(new CsvSource { Path = Write("path;label\n1.png;a\n"), Separator = TableSeparator.Comma }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no column \"path\""));
    }

    [TestCase("path;label;x\n1.png;a;0,5\n2.png;b;1,234\n", 1.234f)]
    [TestCase("path,label,x\n1.png,a,\"0,5\"\n2.png,b,\"1,2\"\n", 1.2f)]
    public void DecimalComma_IsReadAndSaid(string text, float second)
    {
        Assert.That(Numbers(new CsvSource { Path = Write(text), Numbers = ["x"] }), Is.EqualTo(new[] { 0.5f, second }));
        Assert.That(_notes, Has.Some.Contain("2 numbers were read with a decimal comma"));
    }

    [Test]
    public void DecimalComma_ThatMayPartThousands_IsRejectedUnlessTheOptionSaysWhat()
    {
        var file = Write("path,label,x\n1.png,a,\"1,234\"\n2.png,b,2\n");
        Assert.That(Numbers(new CsvSource { Path = file, Numbers = ["x"] }), Is.EqualTo(new[] { 2f }));
        Assert.That(_rejected.Rows.Single().Reason, Does.Contain("data.decimal"));
        Assert.That(Numbers(new CsvSource { Path = file, Numbers = ["x"], Decimal = DecimalMark.Comma }), Is.EqualTo(new[] { 1.234f, 2f }));
    }

    [Test]
    public void RegressionLabel_WithDecimalComma_IsANumber()
    {
        var source = new CsvSource { Path = Write("path;label\n1.png;0,5\n") };
        Assert.That(source.Read(Context with { NumberLabels = true }).Rows.Single().Label, Is.EqualTo("0.5"));
    }

    [TestCase("Infinity")]
    [TestCase("1e400")]
    [TestCase("NaN")]
    [TestCase("")]
    public void Number_ThatIsNone_IsRejectedUnlessItMayBeMissing(string text)
    {
        var source = new CsvSource { Path = Write($"path,label,x\n1.png,a,{text}\n2.png,b,1\n"), Numbers = ["x"] };
        Assert.That(Numbers(source), Is.EqualTo(new[] { 1f }));
        Assert.That(_rejected.Rows.Single().Reason, Does.Contain("expected a finite number"));
        var missing = source.Read(Context with { MissingNumbers = true }).Rows.Select(row => row.Numbers[0]);
        Assert.That(missing, Is.EqualTo(text is "NaN" or "" ? new[] { float.NaN, 1f } : new[] { 1f }));
    }

    [Test]
    public void Windows1252_IsReadAndSaidWithItsLine()
    {
        var rows = Read(new CsvSource { Path = Write("path,label\n1.png,a\n2.png,Bär\n3.png,Bör\n", Encoding.Latin1) });
        Assert.That(rows.Select(row => row.Label), Is.EqualTo(new[] { "a", "Bär", "Bör" }));
        Assert.That(_notes.Single(), Does.Contain("Windows-1252").And.Contain("line 3"));
    }

    [Test]
    public void BytesOfNoEncodingThatIsFound_AreRefusedAndReadByTheOption()
    {
        var file = Path.Combine(_folder, "thai.csv");
        File.WriteAllBytes(file, [.. "path,label\n1.png,"u8, 0x81, 0xE4, (byte)'\n']);
        Assert.That(() => Read(new CsvSource { Path = file }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("thai.csv(2)").And.Message.Contains("\"encoding\""));
        Assert.That(Read(new CsvSource { Path = file, Encoding = "ibm850" }).Single().Label, Is.EqualTo("üõ"));
        Assert.That(() => Read(new CsvSource { Path = file, Encoding = "utf-8" }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("utf-8"));
        Assert.That(() => Read(new CsvSource { Path = file, Encoding = "klingon" }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("klingon"));
    }

    [Test]
    public void MarkedAndUnmarkedUnicode_IsRead([Values(true, false)] bool mark, [Values("utf-8", "utf-16le", "utf-16be")] string name)
    {
        Encoding encoding = name == "utf-8" ? new UTF8Encoding(mark) : new UnicodeEncoding(name == "utf-16be", mark);
        Assert.That(Read(new CsvSource { Path = Write("path,label\n1.png,Bär\n", encoding) }).Single().Label, Is.EqualTo("Bär"));
        Assert.That(_notes, Is.Empty);
    }

    [Test]
    public void JsonOfOtherEncodings_IsReadAsTablesAre()
    {
        const string Json = "{\"path\":\"1.png\",\"label\":\"Bär\"}";
        Assert.That(Read(new JsonLinesSource { Path = Write(Json, Encoding.Latin1) }).Single().Label, Is.EqualTo("Bär"));
        Assert.That(Read(new JsonSource { Path = Write($"[{Json}]", new UTF8Encoding(true)) }).Single().Label, Is.EqualTo("Bär"));
        Assert.That(Read(new JsonSource { Path = Write($"[{Json}]", Encoding.Latin1) }).Single().Label, Is.EqualTo("Bär"));
    }

    [Test]
    public void QuoteThatStaysOpen_CostsItsLineAlone()
    {
        var rows = Read(new CsvSource { Path = Write("path,label\n1.png,\"a\n2.png,b\n3.png,\"c \"\"d\"\"\"\n\"4\n.png\",e\n5.png,6\" pipe\n") });
        Assert.That(rows.Select(row => row.Label), Is.EqualTo(new[] { "b", "c \"d\"", "e", "6\" pipe" }));
        Assert.That(_rejected.Rows.Single().Input, Does.EndWith("(2)"));
        Assert.That(_rejected.Rows.Single().Reason, Does.Contain("quote"));
    }

    [Test]
    public void EmptyLinesAndColumnsOfASpreadsheet_AreNoRows() =>
        Assert.That(Read(new CsvSource { Path = Write("path;label;;\n1.png;a;;\n;;;\n\n2.png;b;;\n") }).Select(row => row.Label), Is.EqualTo(new[] { "a", "b" }));

    [Test]
    public void NoRowLeft_NamesTheFirstReason() => Assert.That(
        () => Read(new CsvSource { Path = Write("path,label,x\n1.png,a,much\n"), Numbers = ["x"] }),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("\"much\""));

    private SourceContext Context => new(null, _rejected, CancellationToken.None) { Note = _notes.Add };

    private IReadOnlyList<SourceRow> Read(RecordSource source) => source.Read(Context).Rows;

    private float[] Numbers(CsvSource source) => [.. Read(source).Select(row => row.Numbers[0])];

    private string Write(string text, Encoding? encoding = null)
    {
        var file = Path.Combine(_folder, "table.csv");
        File.WriteAllText(file, text, encoding ?? new UTF8Encoding(false));
        return file;
    }
}
