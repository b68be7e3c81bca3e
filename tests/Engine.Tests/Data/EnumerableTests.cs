using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Data;

[TestFixture]
public class EnumerableTests
{
    private readonly MLContext _ml = new(1);

    [Test]
    public void LoadFromEnumerable_Attributes_GiveTheSchema()
    {
        var schema = _ml.Data.LoadFromEnumerable(Array.Empty<Row>()).Schema;

        Assert.That(schema.Select(c => $"{c.Name}: {c.Type}"), Is.EqualTo(new[]
        {
            "Features: Vector<Single, 2>", "Renamed: String", "Key: Key<UInt32, 0-2>", "Flag: Boolean",
        }));
    }

    [Test]
    public void CreateEnumerable_OfLoadedRows_GivesThemBack()
    {
        var rows = new[] { new Row { Features = [1, 2], Text = "a" }, new Row { Features = [3, 4], Text = null, Flag = true } };

        var back = _ml.Data.CreateEnumerable<Row>(_ml.Data.LoadFromEnumerable(rows), reuseRowObject: false).ToArray();

        Assert.Multiple(() =>
        {
            Assert.That(back.Select(r => r.Features), Is.EqualTo(new[] { new float[] { 1, 2 }, [3, 4] }));
            Assert.That(back.Select(r => r.Text), Is.EqualTo(new[] { "a", "" }));
            Assert.That(back.Select(r => r.Flag), Is.EqualTo(new[] { false, true }));
        });
    }

    [Test]
    public void GetColumn_ManyRows_KeepsTheirOrder()
    {
        var view = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 5000).Select(i => new Row { Features = [i, -i], Text = $"{i}" }));

        Assert.That(view.GetColumn<string>("Renamed"), Is.EqualTo(Enumerable.Range(0, 5000).Select(i => $"{i}")));
    }

    [Test]
    public void CreateEnumerable_ColumnMissing_Throws()
    {
        var view = _ml.Data.LoadFromEnumerable(new[] { new Row() });

        Assert.That(
            () => _ml.Data.CreateEnumerable<Other>(view, reuseRowObject: false).ToArray(),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("'Nope'"));
    }

    [Test]
    public void Cache_ReadTwice_ReadsTheSourceOnce()
    {
        int reads = 0;
        var view = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(Enumerable.Range(0, 5).Select(i =>
        {
            reads++;
            return new Row { Features = [i, i] };
        })));

        var first = view.GetColumn<float[]>("Features").ToArray();
        var second = view.GetColumn<float[]>("Features").ToArray();

        Assert.Multiple(() =>
        {
            Assert.That(second, Is.EqualTo(first));
            Assert.That(reads, Is.EqualTo(5));
        });
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [0, 0];

        [ColumnName("Renamed")]
        public string? Text { get; set; }

        [KeyType(3)]
        public uint Key { get; set; }

        public bool Flag { get; set; }

        [NoColumn]
        public object? Left { get; set; }
    }

    private sealed class Other
    {
        public float Nope { get; set; }
    }
}
