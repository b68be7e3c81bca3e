using FeatureTransfer.Pipelines.Data;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Tests.Data;

public class TableTests
{
    private static readonly Table _table = new Table(3)
        .With("Text", ["a", "b", "c"])
        .With("Number", [1f, 2f, 3f])
        .With("Vector", [[1f, 2f], [3f, 4f], [5f, 6f]]);

    [Test]
    public void Select_RowsInAnyOrder_GivesThoseRows()
    {
        var chosen = _table.Select([2, 0, 2]);
        Assert.That(chosen.GetColumn<string>("Text"), Is.EqualTo(new[] { "c", "a", "c" }));
        Assert.That(chosen.GetColumn<float>("Number"), Is.EqualTo(new[] { 3f, 1f, 3f }));
        Assert.That(chosen.GetColumn<float[]>("Vector").Select(vector => vector[1]), Is.EqualTo(new[] { 6f, 2f, 6f }));
    }

    [Test]
    public void TableReader_OfATable_GivesTheSameColumns()
    {
        var read = TableReader.Read(_table, CancellationToken.None);
        Assert.That(read.Schema.Select(column => $"{column.Name} {column.Type}"), Is.EqualTo(_table.Schema.Select(column => $"{column.Name} {column.Type}")));
        Assert.That(read.GetColumn<float[]>("Vector"), Is.EqualTo(_table.GetColumn<float[]>("Vector")));
    }

    [Test]
    public void GetColumn_ReaderChangesItsBuffer_TableKeepsItsValues()
    {
        foreach (var vector in _table.GetColumn<float[]>("Vector"))
            Array.Clear(vector);
        Assert.That(_table.GetColumn<float[]>("Vector").First(), Is.EqualTo(new[] { 1f, 2f }));
    }

    [Test]
    public void With_OtherNumberOfValues_IsRefused() => Assert.That(() => _table.With("Short", [1f]), Throws.ArgumentException.With.Message.Contains("Short"));
}
