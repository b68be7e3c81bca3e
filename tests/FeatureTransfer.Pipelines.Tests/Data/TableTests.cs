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

    [TestCase("Number", "Text, Number, Vector")]
    [TestCase("Other", "Text, Number, Vector, Other")]
    public void With_ColumnOfAKnownName_TakesItsPlace(string name, string expected)
    {
        var changed = _table.With(TableColumn.Of(name, new[] { 7f, 8f, 9f }, NumberDataViewType.Single));
        Assert.That(string.Join(", ", changed.Schema.Select(column => column.Name)), Is.EqualTo(expected));
        Assert.That(changed.Numbers(name), Is.EqualTo(new[] { 7f, 8f, 9f }));
    }

    [Test]
    public void Append_OtherTable_HasTheColumnsOfBoth()
    {
        var both = _table.Append(new Table(1).With("Vector", [[7f, 8f]]).With("Text", ["d"]).With("Number", ["no number"]));
        Assert.That(both.Schema.Select(column => column.Name), Is.EqualTo(new[] { "Text", "Vector" }));
        Assert.That(both.Text("Text"), Is.EqualTo(new[] { "a", "b", "c", "d" }));
        Assert.That((both.Vectors("Vector")[3], both.Values("Text", 0).Length, both.CanShuffle), Is.EqualTo((new[] { 7f, 8f }, 0, false)));
    }

    [Test]
    public void Slots_OfAColumn_AreItsAnnotation()
    {
        var type = new VectorDataViewType(NumberDataViewType.Single, 2);
        var table = new Table(1).With(TableColumn.OfVectors("Named", [[1f, 2f]], type, ["first", "second"])).With(TableColumn.OfVectors("Bare", [[1f, 2f]], type));
        VBuffer<ReadOnlyMemory<char>> names = default;
        table.Schema["Named"].GetSlotNames(ref names);
        Assert.That(names.DenseValues().Select(name => name.ToString()), Is.EqualTo(new[] { "first", "second" }));
        Assert.That(table.Schema["Bare"].Annotations.Schema, Is.Empty);
    }

    [Test]
    public void With_OtherNumberOfValues_IsRefused() => Assert.That(() => _table.With("Short", [1f]), Throws.ArgumentException.With.Message.Contains("Short"));
}
