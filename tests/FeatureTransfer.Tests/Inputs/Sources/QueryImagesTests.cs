using System.Data;
using System.Data.Common;
using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Tests.Inputs.Sources;

/// <summary>Images in the rows of a query: which column they are in, and what each row gives.</summary>
public class QueryImagesTests
{
    private static readonly SqlQuery _query = new("SELECT 1") { Database = "db", Folder = "/photos" };

    [Test]
    public void Query_BytesPathsAndOthers_GiveAnImageEach()
    {
        var images = ImageSources.Query(Table(["image"], [(byte[])[1, 2]], ["a/b.png"], [DBNull.Value], [new MemoryStream([3])], [Guid.Empty]), _query).ToList();
        Assert.That(images.Select(image => image.Name), Is.EqualTo(new[]
        {
            $"{_query.Origin}(row 1)", Path.Combine("/photos", "a/b.png"), $"{_query.Origin}(row 3)", $"{_query.Origin}(row 4)", $"{_query.Origin}(row 5)",
        }));
        Assert.That((images[0].Read().ToArray(), images[3].Read().ToArray()), Is.EqualTo((new byte[] { 1, 2 }, new byte[] { 3 })));
        Assert.That(() => images[2].Read(), Throws.TypeOf<BadInputException>().With.Message.Contains("the column \"image\" is NULL"));
        Assert.That(() => images[4].Read(), Throws.TypeOf<BadInputException>().With.Message.Contains("the column \"image\" is Guid; expected bytes or a path"));
    }

    [Test]
    public void Query_NameColumn_NamesBytes()
    {
        var engine = Table(["Image", "Id"], [new byte[] { 1 }, 7.5], [new byte[] { 2 }, "x"]);
        Assert.That(ImageSources.Query(engine, _query, nameColumn: "id").Select(image => image.Name), Is.EqualTo(new[] { "7.5", "x" }));
    }

    [Test]
    public void Query_PathsWithoutFolder_StandAsTheyAre() =>
        Assert.That(ImageSources.Query(Table(["p"], ["a.png"]), _query with { Folder = null }).Single().Name, Is.EqualTo("a.png"));

    [TestCase("x,IMAGE", null, "2")]
    [TestCase("photo,path", null, "2")]
    [TestCase("x,y,content", null, "3")]
    [TestCase("whatever", null, "1")]
    [TestCase("x,Y", "y", "2")]
    [TestCase("x,y", null, "which column holds the images? The columns are x, y; name one (--column), or select it alone.")]
    [TestCase("x,foto", "photo", "there is no column \"photo\". Did you mean 'foto'? The columns are x, foto.")]
    public void Query_Columns_AreFoundByNameOrUsualName(string columns, string? column, string expected)
    {
        var names = columns.Split(',');
        var engine = Table(names, [.. names.Select((_, i) => (object)$"{i + 1}")]);
        string Found() => ImageSources.Query(engine, _query with { Folder = null }, column).Single().Name;
        if (expected.Length > 1)
            Assert.That(Found, Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo($"{_query.Origin}: {expected}"));
        else
            Assert.That(Found(), Is.EqualTo(expected));
    }

    [TestCase(1)]
    [TestCase(2.5)]
    [TestCase(true)]
    public void Query_ColumnOfNumbers_IsRefused(object value) => AssertRefused(value);

    [Test]
    public void Query_ColumnOfDecimalsOrDates_IsRefused()
    {
        AssertRefused(1m);
        AssertRefused(DateTime.UnixEpoch);
    }

    [Test]
    public void Query_Cancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        using var rows = ImageSources.Query(Table(["image"], ["a"], ["b"]), _query, cancellationToken: stop.Token).GetEnumerator();
        Assert.That(rows.MoveNext(), Is.True);
        stop.Cancel();
        Assert.That(rows.MoveNext, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Rows_OfFiles_ReadTheNeededColumnsAlone()
    {
        var queries = new List<SqlQuery>();
        var engine = new Engine(query =>
        {
            queries.Add(query);
            return Data(["path", "odd \" name", "other"], ["a.png", "first", "x"]).CreateDataReader();
        });
        Assert.That(ImageSources.Rows(engine, "/data/x/*.parquet", nameColumn: "ODD \" NAME").Single().Name, Is.EqualTo(Path.Combine("/data/x", "a.png")));
        Assert.That(queries.Select(query => (query.Text, query.Database)), Is.EqualTo(new[]
        {
            ("SELECT * FROM data LIMIT 0", "/data/x/*.parquet"), ("SELECT \"path\", \"odd \"\" name\" FROM data", "/data/x/*.parquet"),
        }));
        queries.Clear();
        Assert.That(ImageSources.Rows(engine, "rows.csv", "path", "path").Count(), Is.EqualTo(1));
        Assert.That(ImageSources.Rows(engine, "rows.csv", "path").Count(), Is.EqualTo(1));
        Assert.That(queries.Select(query => query.Text).Distinct().Last(), Is.EqualTo("SELECT \"path\" FROM data"), "a column is asked for once");
    }

    private static void AssertRefused(object value) =>
        Assert.That(
            () => ImageSources.Query(Table(["image"], [value]), _query).ToList(),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains($"the column \"image\" holds {value.GetType().Name} values. Expected images as bytes (BLOB, BYTEA), or their paths as text."));

    private static Engine Table(string[] columns, params object[][] rows) => new(_ => Data(columns, rows).CreateDataReader());

    private static DataTable Data(string[] columns, params object[][] rows)
    {
        var table = new DataTable();
        for (var i = 0; i < columns.Length; i++)
        {
            var types = rows.Select(row => row[i].GetType()).Distinct().ToList();
            table.Columns.Add(columns[i], types.Count == 1 ? types[0] : typeof(object));
        }

        foreach (var row in rows)
            table.Rows.Add(row);
        return table;
    }

    private sealed class Engine(Func<SqlQuery, DbDataReader> read) : ISqlEngine
    {
        public DbDataReader Read(SqlQuery query, CancellationToken cancellationToken = default) => read(query);
    }
}
