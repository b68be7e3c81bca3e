using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Tests.Bundles;

public class RowKeysTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-keys-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Of_SameContent_HasOneKeyWhateverItIsCalledAndWhereverItLies()
    {
        var files = new SourceRows("files", [Row(Write("a.png", 1)), Row(Write("b.png", 2)), Row(Write("c.png", 1)) with { Label = "other" }, Row(Path.Combine(_folder, "gone.png"))], []);
        var stored = new SourceRows("stored", [Row("x"), Row("y")], []) { Content = new Stored() };
        var keys = Of(files);
        Assert.Multiple(() =>
        {
            Assert.That(keys[0], Is.Not.Null.And.EqualTo(keys[2]).And.Not.EqualTo(keys[1]));
            Assert.That(keys[3], Is.Null, "what is gone has no key");
            Assert.That(Of(stored), Is.EqualTo(keys.Take(2)));
        });
    }

    [Test]
    public void Of_Numbers_CountWithAndWithoutAnImage()
    {
        var numbers = Of(new SourceRows("numbers", [Numbers(1, 2), Numbers(1, 3), Numbers(1, 2)], ["a", "b"]));
        Assert.That(numbers[0], Is.EqualTo(numbers[2]).And.Not.EqualTo(numbers[1]));
        var image = Write("a.png", 1);
        var both = Of(new SourceRows("both", [Row(image), Row(image) with { Numbers = [1f] }], ["a"]));
        Assert.That(both[0], Is.Not.EqualTo(both[1]));
    }

    [Test]
    public void ToBytes_Keys_AreSortedOnceEachAndReadBack()
    {
        var bytes = RowKeys.ToBytes([9, null, 3, 9]);
        Assert.That(bytes, Is.EqualTo(new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0 }));
        Assert.That(RowKeys.FromBytes(bytes), Is.EquivalentTo(new ulong[] { 3, 9 }));
    }

    [Test]
    public void Positions_SomeLeftOut_FindsRowsByTheirNumbers()
    {
        var rows = new SourceRows("rows", [Row("a"), Row("a"), Row("b"), Row("a")], []);
        var table = SourceRows.Numbered(rows.ToTable());
        Assert.Multiple(() =>
        {
            Assert.That(rows.Positions(table.Select([1, 2, 3])), Is.EqualTo(new[] { 1, 2, 3 }));
            Assert.That(rows.Positions(rows.ToTable()), Is.EqualTo(new[] { 0, 1, 2, 3 }));
            Assert.That(rows.Positions(rows.ToTable().Select([0])), Is.Null);
        });
    }

    [Test]
    public void Of_Texts_CountAndStayApart()
    {
        var keys = Of(new SourceRows("texts", [Texts("ab", "c"), Texts("a", "bc"), Texts("ab", "c")], []) { TextNames = ["first", "second"] });
        Assert.That(keys[0], Is.EqualTo(keys[2]).And.Not.EqualTo(keys[1]));
    }

    private static IReadOnlyList<ulong?> Of(SourceRows rows) => RowKeys.Of(rows, [.. Enumerable.Range(0, rows.Rows.Count)], CancellationToken.None);

    private static SourceRow Row(string path) => new(path, "label", null, []);

    private static SourceRow Texts(params string[] texts) => new(null, "label", null, []) { Texts = [.. texts] };

    private static SourceRow Numbers(params float[] numbers) => new(null, "label", null, numbers);

    private string Write(string name, byte content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, [content]);
        return path;
    }

    private sealed class Stored : RowContent
    {
        public override IEnumerable<ReadOnlyMemory<byte>> Read(IReadOnlyList<SourceRow> rows, IRejectedRowSink rejected, CancellationToken cancellationToken) =>
            [new byte[] { 1 }, new byte[] { 2 }];
    }
}
