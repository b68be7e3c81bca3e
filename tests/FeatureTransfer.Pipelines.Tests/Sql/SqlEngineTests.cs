using System.Data.Common;
using FeatureTransfer.Sql;

namespace FeatureTransfer.Pipelines.Tests.Sql;

public class SqlEngineTests
{
    private readonly SqlEngine _engine = new();
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-sql-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("true", true)]
    [TestCase("-7::TINYINT", -7L)]
    [TestCase("40000::USMALLINT", 40000L)]
    [TestCase("-5000000000", -5000000000L)]
    [TestCase("18446744073709551615::UBIGINT", ulong.MaxValue)]
    [TestCase("0.5::FLOAT", 0.5f)]
    [TestCase("0.25::DOUBLE", 0.25)]
    [TestCase("-12.75", -12.75)]
    [TestCase("12345678901234.5::DECIMAL(30, 2)", 12345678901234.5)]
    [TestCase("sum(3)", 3.0)]
    [TestCase("'short'", "short")]
    [TestCase("'a text that is longer than twelve bytes, ü'", "a text that is longer than twelve bytes, ü")]
    [TestCase("'b'::ENUM('a', 'b')", "b")]
    public void Read_ValueOfAType_IsTheOneInNet(string sql, object expected)
    {
        using var reader = _engine.Read(new SqlQuery($"SELECT {sql} AS x"));
        Assert.That(reader.Read(), Is.True);
        Assert.That(reader.GetName(0), Is.EqualTo("x"));
        Assert.That(reader.GetValue(0), Is.EqualTo(expected));
        Assert.That(reader.GetFieldType(0), Is.EqualTo(expected.GetType()));
        Assert.That(reader.Read(), Is.False);
    }

    [Test]
    public void Read_Blobs_AreBytes()
    {
        using var reader = _engine.Read(new SqlQuery(@"SELECT '\x00\xFF'::BLOB AS short, repeat('ab', 100)::BLOB AS long"));
        Assert.That(reader.Read(), Is.True);
        Assert.That(reader["short"], Is.EqualTo(new byte[] { 0, 255 }));
        Assert.That((byte[])reader["long"], Has.Length.EqualTo(200));
    }

    [Test]
    public void Read_Blobs_OutliveTheirChunk()
    {
        using var reader = _engine.Read(new SqlQuery("SELECT repeat(chr(65 + (i % 26)::INT), 100)::BLOB AS image FROM range(10000) t(i)"));
        var kept = new List<byte[]>();
        while (reader.Read())
            kept.Add((byte[])reader.GetValue(0));
        Assert.That(kept, Has.Count.EqualTo(10000));
        for (var row = 0; row < kept.Count; row++)
            Assert.That(kept[row], Is.EqualTo(Enumerable.Repeat((byte)(65 + (row % 26)), 100)));
    }

    [Test]
    public void Read_Nulls_AreDBNullInEveryChunk()
    {
        using var reader = _engine.Read(new SqlQuery("SELECT CASE WHEN i % 2 = 0 THEN i END AS even, NULL AS none FROM range(10000) t(i)"));
        var rows = 0;
        for (; reader.Read(); rows++)
        {
            Assert.That(reader.IsDBNull(0), Is.EqualTo(rows % 2 != 0));
            Assert.That(reader.GetValue(1), Is.EqualTo(DBNull.Value));
            if (rows % 2 == 0)
                Assert.That(reader.GetInt64(0), Is.EqualTo(rows));
        }

        Assert.That(rows, Is.EqualTo(10000));
    }

    [Test]
    public void Read_ParquetGlob_IsTheTableData()
    {
        DuckDbShell.Execute($"COPY (SELECT i, 'p' || i AS path FROM range(5) t(i)) TO '{Path.Combine(_folder, "a.parquet")}'");
        DuckDbShell.Execute($"COPY (SELECT i, 'p' || i AS path FROM range(5, 8) t(i)) TO '{Path.Combine(_folder, "b.parquet")}'");
        Assert.That(Texts(new SqlQuery("SELECT path FROM data WHERE i > 3 ORDER BY i") { Database = Path.Combine(_folder, "*.parquet") }), Is.EqualTo(new[] { "p4", "p5", "p6", "p7" }));
    }

    [TestCase("rows.csv", "path,n\na.png,1\nb.png,2\n")]
    [TestCase("rows.tsv", "path\tn\na.png\t1\nb.png\t2\n")]
    [TestCase("rows.jsonl", "{\"path\":\"a.png\",\"n\":1}\n{\"path\":\"b.png\",\"n\":2}\n")]
    [TestCase("rows.json", "[{\"path\":\"a.png\",\"n\":1},{\"path\":\"b.png\",\"n\":2}]")]
    public void Read_TextFile_IsTheTableData(string name, string content)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, content);
        Assert.That(Texts(new SqlQuery("SELECT path FROM data WHERE n = 2") { Database = file }), Is.EqualTo(new[] { "b.png" }));
        Assert.That(Texts(new SqlQuery($"SELECT path FROM '{name}' WHERE n = 1") { Folder = _folder }), Is.EqualTo(new[] { "a.png" }), "paths start from the query's folder");
    }

    [TestCase("shop")]
    [TestCase("memory")]
    [TestCase("odd \"name\".of one")]
    public void Read_DuckDbFile_IsOnlyRead(string name)
    {
        var file = Path.Combine(_folder, name + ".duckdb");
        DuckDbShell.Execute("CREATE TABLE products AS SELECT 'a' AS sku", file);
        Assert.That(Texts(new SqlQuery("SELECT sku FROM products") { Database = file }), Is.EqualTo(new[] { "a" }));
        if (name == "shop")
            Assert.That(Texts(new SqlQuery("SELECT sku FROM shop.main.products") { Database = file }), Is.EqualTo(new[] { "a" }));
        Assert.That(() => _engine.Read(new SqlQuery("DROP TABLE products") { Database = file }), Throws.TypeOf<FeatureTransferException>());
    }

    [TestCase("SELECT pth FROM (SELECT 1 AS path)", "Candidate bindings")]
    [TestCase("SELECT * FROM 'none.parquet'", "No files found")]
    [TestCase("SELEC 1", "syntax error")]
    [TestCase("SELECT 1; SELECT 2", "one SELECT")]
    [TestCase("", "one SELECT")]
    [TestCase("CREATE TABLE t (i INT)", "one SELECT")]
    [TestCase("SET threads = 2", "one SELECT")]
    [TestCase("SELECT error('on the way') FROM range(3)", "on the way")]
    [TestCase("SELECT CASE WHEN i = 99999 THEN error('at the end') END FROM range(100000) t(i)", "at the end")]
    public void Read_WrongQuery_QuotesItAndTheReason(string sql, string reason) => Assert.That(
        () => Texts(new SqlQuery(sql)), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(reason).And.Message.Contains(sql));

    [Test]
    public void Read_CopyToAFile_WritesNone()
    {
        var file = Path.Combine(_folder, "copy.csv");
        Assert.That(() => _engine.Read(new SqlQuery($"SELECT 1; COPY (SELECT 1) TO '{file}'")), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("one SELECT"));
        Assert.That(() => _engine.Read(new SqlQuery($"COPY (SELECT 1) TO '{file}'")), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("one SELECT"));
        Assert.That(File.Exists(file), Is.False);
    }

    [TestCase("WITH x AS (SELECT 'a' AS path) FROM x")]
    [TestCase("VALUES ('a')")]
    [TestCase("-- all of them\nSELECT path FROM (SELECT 'a' AS path) QUALIFY row_number() OVER () = 1;")]
    public void Read_SelectOfAnotherShape_IsOneToo(string sql) => Assert.That(Texts(new SqlQuery(sql)), Is.EqualTo(new[] { "a" }));

    [TestCase("99999999999999999999999999999999999999::DECIMAL(38, 0)", "AS DOUBLE")]
    [TestCase("'1'::VARIANT", "AS VARCHAR")]
    public void Read_ValueThatNetCannotHold_SaysHowToCastIt(string sql, string hint) =>
        Assert.That(() => Texts(new SqlQuery($"SELECT {sql} AS x")), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(hint));

    [Test]
    public void Read_TypeThatIsNotRead_SaysHowToCastIt() =>
        Assert.That(() => Texts(new SqlQuery("SELECT [1, 2] AS list")), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("CAST(\"list\" AS VARCHAR)"));

    [Test]
    public void Read_MissingExtension_SaysWhatToDoAndDownloadsNothing()
    {
        var fault = Assert.Throws<FeatureTransferException>(() => _engine.Read(new SqlQuery("SELECT * FROM 'rows.xlsx'")))!;
        if (fault.Message.Contains("No files found", StringComparison.Ordinal))
            Assert.Ignore("DuckDB's extension 'excel' is installed on this machine.");
        Assert.That(fault.Message, Does.Contain("extension 'excel'").And.Contain("INSTALL excel;").And.Contain("nothing is downloaded"));
    }

    [Test]
    public void Read_Cancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        using var reader = _engine.Read(new SqlQuery("SELECT i FROM range(100000000000) t(i)"), stop.Token);
        Assert.That(reader.Read(), Is.True);
        stop.Cancel();
        Assert.That(
            () =>
            {
                while (reader.Read())
                {
                }
            },
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Read_UnknownEnding_NamesTheKnownOnes() =>
        Assert.That(() => _engine.Read(new SqlQuery("SELECT 1") { Database = "rows.docx" }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("rows.docx").And.Message.Contains(".parquet"));

    [TestCase("none.sqlite")]
    [TestCase("none.duckdb")]
    public void Read_MissingDatabase_IsNamed(string name) =>
        Assert.That(() => _engine.Read(new SqlQuery("SELECT 1") { Database = name }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(name).And.Message.Contains("no such file"));

    [Test]
    [Platform("Linux")]
    public void Read_NamesThatDifferInCase_AreTwoDatabases()
    {
        var (small, large) = (Path.Combine(_folder, "shop.duckdb"), Path.Combine(_folder, "SHOP.duckdb"));
        DuckDbShell.Execute("CREATE TABLE products AS SELECT 'a' AS sku", small);
        DuckDbShell.Execute("CREATE TABLE products AS SELECT 'b' AS sku", large);
        using var first = _engine.Read(new SqlQuery("SELECT sku FROM products") { Database = small });
        Assert.That(Texts(new SqlQuery("SELECT sku FROM products") { Database = large }), Is.EqualTo(new[] { "b" }));
    }

    [Test]
    public void Read_OneDatabaseTwiceAtOnce_EachFromItsOwnFolder()
    {
        var (file, other) = (Path.Combine(_folder, "shop.duckdb"), Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName);
        DuckDbShell.Execute("CREATE TABLE products AS SELECT 'a' AS sku", file);
        File.WriteAllText(Path.Combine(_folder, "rows.csv"), "path\nnear.png\n");
        File.WriteAllText(Path.Combine(other, "rows.csv"), "path\nfar.png\n");
        using var first = _engine.Read(new SqlQuery("SELECT path FROM products, 'rows.csv'") { Database = file, Folder = _folder });
        Assert.That(Texts(new SqlQuery("SELECT path FROM products, 'rows.csv'") { Database = file, Folder = other }), Is.EqualTo(new[] { "far.png" }));
        Assert.That(first.Read(), Is.True);
        Assert.That(first.GetValue(0), Is.EqualTo("near.png"));
    }

    private List<object> Texts(SqlQuery query)
    {
        using DbDataReader reader = _engine.Read(query);
        var values = new List<object>();
        while (reader.Read())
            values.Add(reader.GetValue(0));
        return values;
    }
}
