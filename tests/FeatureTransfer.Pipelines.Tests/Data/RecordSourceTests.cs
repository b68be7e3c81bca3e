using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Tests.Data;

public class RecordSourceTests
{
    private readonly RejectedRowCollector _rejected = new();
    private string _folder = "";

    [OneTimeSetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-records-").FullName;

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Csv_Columns_BecomeRows()
    {
        var rows = Read(new CsvSource { Path = Write("a.csv", "path,label,who,x\nimg/1.png,cat,ann 1,0.5\n\"b, c.png\",dog,bob 2,-1e2\n"), Group = "who", GroupPattern = "^[a-z]+", Numbers = ["x"] }).Rows;
        Assert.That(rows.Select(row => row.Path), Is.EqualTo(new[] { Path.Combine(_folder, "img", "1.png"), Path.Combine(_folder, "b, c.png") }));
        Assert.That(rows.Select(row => row.Label), Is.EqualTo(new[] { "cat", "dog" }));
        Assert.That(rows.Select(row => row.Group), Is.EqualTo(new[] { "ann", "bob" }));
        Assert.That(rows.Select(row => row.Numbers[0]), Is.EqualTo(new[] { 0.5f, -100f }));
    }

    [Test]
    public void Csv_MissingColumn_NamesTheNearestAndTheFile()
    {
        var file = Write("missing.csv", "path,lable\n1.png,cat\n");
        Assert.That(
            () => Read(new CsvSource { Path = file }),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("missing.csv").And.Message.Contains("no column \"label\"").And.Message.Contains("'lable'"));
    }

    [Test]
    public void Csv_BadLines_AreRejectedWithTheirLineAndTheRestIsKept()
    {
        var rows = Read(new CsvSource { Path = Write("bad.csv", "path,label,x\n1.png,cat,1\n2.png\n3.png,,3\n4.png,dog,many\n5.png,dog,5\n"), Numbers = ["x"] }).Rows;
        Assert.That(rows.Select(row => row.Label), Is.EqualTo(new[] { "cat", "dog" }));
        var reasons = _rejected.Rows.Where(row => row.Input.Contains("bad.csv", StringComparison.Ordinal)).Select(row => $"{row.Input[^2]} {row.Reason}").ToList();
        Assert.That(reasons, Is.EqualTo(new[] { "3 the line has 1 fields, expected 3", "4 the field \"label\" is empty, so the row has no label", "5 the field \"x\" is \"many\", expected a finite number such as 0.5" }));
    }

    [TestCase("")]
    [TestCase("path,label,label\n1.png,a,b\n")]
    public void Csv_UnusableHeader_SaysSo(string content) =>
        Assert.That(() => Read(new CsvSource { Path = Write("header.csv", content) }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("header.csv"));

    [Test]
    public void Tsv_TemplatePath_IsFilledFromTheFields()
    {
        var rows = Read(new TsvSource { Path = Write("a.tsv", "dir\tfile\tlabel\nx\t1\tcat\n"), Image = "../{dir}/{file}.png" }).Rows;
        Assert.That(rows.Single().Path, Is.EqualTo(Path.Combine(Path.GetDirectoryName(_folder)!, "x", "1.png")));
    }

    [Test]
    public void Json_Where_KeepsTheRecordsThatMeetAllConditions()
    {
        const string Json = """[ {"path":"1","label":"a","ok":true,"n":1}, {"path":"2","label":"b","ok":false,"n":1}, {"path":"3","label":"c","ok":true,"n":3,"inner":{}} ]""";
        var rows = Read(new JsonSource { Path = Write("a.json", Json), Where = [new WhereClause("ok", ["true"]), new WhereClause("n", ["1", "2"])] }).Rows;
        Assert.That(rows.Select(row => row.Label), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public void JsonLines_BadLineAndMissingMember_AreRejected()
    {
        var rows = Read(new JsonLinesSource { Path = Write("a.jsonl", "{\"path\":\"1\",\"label\":\"a\"}\n\n{oops\n{\"path\":\"2\"}\n[1]\n") }).Rows;
        Assert.That(rows.Single().Label, Is.EqualTo("a"));
        Assert.That(_rejected.Rows.Where(row => row.Input.Contains("a.jsonl", StringComparison.Ordinal)).Select(row => row.Input[^2]), Is.EquivalentTo("345"));
    }

    [Test]
    public void JsonLines_HalfASurrogatePair_IsRejected()
    {
        var rows = Read(new JsonLinesSource { Path = Write("half.jsonl", "{\"path\":\"1\",\"label\":\"a\"}\n{\"path\":\"\\ud83d\",\"label\":\"b\"}\n") }).Rows;
        Assert.That(rows.Single().Label, Is.EqualTo("a"));
        Assert.That(_rejected.Rows.Select(row => row.Input).Where(input => input.EndsWith("half.jsonl(2)", StringComparison.Ordinal)), Has.Exactly(1).Items);
    }

    [TestCase("[{\"path\":\"\\ude00\"}]", "surrogate")]
    [TestCase("{}", "expected an array")]
    [TestCase("[", "not valid JSON")]
    public void Json_NoArray_SaysSo(string content, string expected) =>
        Assert.That(() => Read(new JsonSource { Path = Write("not.json", content) }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(expected));

    [Test]
    public void AnySource_NoRowLeft_PointsAtTheOptions() =>
        Assert.That(
            () => Read(new CsvSource { Path = Write("none.csv", "path,label\n1.png,a\n"), Where = [new WhereClause("label", ["b"])] }),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("none of its 1 records"));

    [Test]
    public void GroupPattern_ThatIsNone_IsQuoted() =>
        Assert.That(() => Read(new CsvSource { Path = Write("g.csv", "path,label\n1.png,a\n"), Group = "label", GroupPattern = "(" }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("\"(\""));

    [Test]
    public void Limited_TakesInTurnFromTheLabels()
    {
        var rows = Read(new CsvSource { Path = Write("many.csv", "path,label\n1,a\n2,a\n3,a\n4,b\n5,c\n6,c\n") });
        Assert.That(rows.Limited(4).Rows.Select(row => Path.GetFileName(row.Path)), Is.EqualTo(new[] { "1", "2", "4", "5" }));
        Assert.That(rows.Limited(null).Rows, Has.Count.EqualTo(6));
    }

    [Test]
    public void AnySource_NoSuchFile_SaysSo() => Assert.That(
        () => Read(new CsvSource { Path = Path.Combine(_folder, "gone.csv") }),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("gone.csv: there is no such file; give the path of the file with the records."));

    [TestCase("^(.)[0-9]+(.)?", "a1b", "a|b")]
    [TestCase("^(.)[0-9]+(.)?", "a1", "a")]
    [TestCase("[0-9]+", "a12b", "12")]
    [TestCase("[0-9]+", "ab", "ab")]
    public void GroupPattern_Value_IsWhatWasCaptured(string pattern, string value, string expected) =>
        Assert.That(GroupPatterns.Apply(GroupPatterns.Compile(pattern), value), Is.EqualTo(expected));

    private SourceRows Read(RecordSource source) => source.Read(new SourceContext(null, _rejected, CancellationToken.None));

    private string Write(string name, string content)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, content);
        return file;
    }
}
