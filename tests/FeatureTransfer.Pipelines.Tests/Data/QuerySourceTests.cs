using System.Data;
using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Tests.Data;

public class QuerySourceTests
{
    private static readonly string Shop = Path.GetFullPath("/base/shop.sqlite");

    private RejectedRowCollector _rejected = null!;
    private DataTable _photos = null!;

    [SetUp]
    public void MakeTable()
    {
        _rejected = new RejectedRowCollector();
        _photos = FakeSql.Table(("sku", typeof(string)), ("photo", typeof(byte[])), ("label", typeof(string)), ("price", typeof(double)), ("year", typeof(int)));
        _photos.Rows.Add("a", new byte[] { 1 }, "x", 1.5, 2001);
        _photos.Rows.Add("b", new byte[] { 2, 2 }, "y", 2.5, 2002);
        _photos.Rows.Add("c", DBNull.Value, "y", 3.5, 2002);
        _photos.Rows.Add("d", new byte[] { 4 }, DBNull.Value, 4.5, 2002);
        _photos.Rows.Add("e", new byte[] { 5, 5, 5 }, "x", DBNull.Value, 2003);
        _photos.Rows.Add("f", new byte[] { 6 }, "x", 6.5, 2003);
    }

    [TearDown]
    public void RemoveTable() => _photos.Dispose();

    [Test]
    public void Read_BytesColumn_GivesRowsByNameAndRejectsTheRestWithTheirPlace()
    {
        var rows = Read(Source());
        Assert.Multiple(() =>
        {
            Assert.That(rows.Rows.Select(row => row.Path), Is.EqualTo(new[] { "a", "b", "f" }));
            Assert.That(rows.Rows.Select(row => row.Length), Is.EqualTo(new long?[] { 1, 2, 1 }));
            Assert.That(rows.Rows.Select(row => row.Group), Is.EqualTo(new[] { "2001", "2002", "2003" }));
            Assert.That(rows.Rows.Select(row => row.Numbers[0]), Is.EqualTo(new[] { 1.5f, 2.5f, 6.5f }));
            Assert.That(
                _rejected.Rows.Select(row => $"{row.Input}: {row.Reason}"),
                Is.EqualTo(new[]
                {
                    $"{Shop}(row 3): the field \"photo\" is missing", $"{Shop}(row 4): the field \"label\" is missing", $"{Shop}(row 5): the field \"price\" is missing",
                }));
        });
    }

    [Test]
    public void Read_NoName_CallsRowsByTheirNumber() =>
        Assert.That(Read(Source() with { Name = null }).Rows[1].Path, Is.EqualTo($"{Shop}(row 2)"));

    [Test]
    public void Content_OfSomeRows_IsReadAgain()
    {
        var rows = Read(Source()).Limited(2);
        var images = rows.Content!.Read(rows.Rows, _rejected, CancellationToken.None).Select(bytes => bytes.ToArray());
        Assert.That(images, Is.EqualTo(new[] { new byte[] { 1 }, [2, 2] }));
    }

    [Test]
    public void Content_RowsInAnotherOrder_IsRefused()
    {
        var rows = Read(Source());
        var first = _photos.Rows[0].ItemArray;
        _photos.Rows.RemoveAt(0);
        _photos.Rows.Add(first);
        Assert.That(() => rows.Content!.Read(rows.Rows, _rejected, CancellationToken.None).Count(), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("ORDER BY"));
    }

    [Test]
    public void Content_RowsThatAreGone_IsRefused()
    {
        var rows = Read(Source());
        _photos.Rows.RemoveAt(5);
        Assert.That(() => rows.Content!.Read(rows.Rows, _rejected, CancellationToken.None).Count(), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("1 rows fewer"));
    }

    [Test]
    public void Read_PathColumn_GivesFiles()
    {
        var table = FakeSql.Table(("path", typeof(string)), ("label", typeof(bool)));
        table.Rows.Add("1.png", true);
        var rows = Read(new SqlSource { Query = "q", Database = "shops/shop.duckdb" }, table);
        Assert.That(rows.Content, Is.Null);
        Assert.That(rows.Rows.Single(), Is.EqualTo(new SourceRow(Path.GetFullPath("/base/shops/1.png"), "true", null, rows.Rows[0].Numbers)));
    }

    [Test]
    public void Read_MissingColumn_NamesTheNearest() =>
        Assert.That(() => Read(Source() with { Image = "foto" }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("shop.sqlite").And.Message.Contains("Did you mean 'photo'?"));

    [Test]
    public void Read_NoEngine_SaysWhereOneIs() =>
        Assert.That(
            () => Source().Read(new SourceContext("/base", _rejected, CancellationToken.None)),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("FeatureTransfer.Sql").And.Message.Contains("FeatureTransferServices.Sql"));

    [Test]
    public void Parquet_AsksForTheColumnsItNeedsAlone()
    {
        var engine = new FakeSql(_photos);
        var source = new ParquetSource { Path = "data/*.parquet", Image = "photo", Where = [new WhereClause("year", ["2002"])] };
        var rows = source.Read(new SourceContext("/base", _rejected, CancellationToken.None) { Sql = engine });
        Assert.That(rows.Rows.Single().Path, Is.EqualTo($"{Path.GetFullPath("/base/data/*.parquet")}(row 2)"));
        Assert.That(engine.Asked[^1].Text, Is.EqualTo("SELECT \"photo\", \"label\", \"year\" FROM data"));
    }

    private static SqlSource Source() => new() { Query = "SELECT * FROM photos", Database = "shop.sqlite", Image = "photo", Name = "sku", Group = "year", Numbers = ["price"] };

    private SourceRows Read(SqlSource source, DataTable? table = null) =>
        source.Read(new SourceContext("/base", _rejected, CancellationToken.None) { Sql = new FakeSql(table ?? _photos) });
}
