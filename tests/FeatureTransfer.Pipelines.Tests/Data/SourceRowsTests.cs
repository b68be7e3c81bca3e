using System.Text;
using FeatureTransfer.Pipelines.Data;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Tests.Data;

/// <summary>Rows as tables, as views with their content beside them, and as fingerprints.</summary>
public class SourceRowsTests
{
    private static readonly SourceRow _first = new("1.png", "a", null, [1, 2]) { Texts = ["x"], Position = 3, Length = 4 };
    private static readonly SourceRow _second = new("2.png", null, null, [3, 4]) { Texts = ["y"], Position = 5, Length = 6 };
    private static readonly SourceRows _rows = new("f.csv", [_first, _second], ["N", "M"]) { TextNames = ["T"] };

    [Test]
    public void ToTable_ColumnsThatNoRowHas_AreLeftOut()
    {
        var table = _rows.ToTable();
        Assert.That(table.Schema.Select(column => column.Name), Is.EqualTo(new[] { DataSource.PathColumn, DataSource.LabelColumn, "T", "N", "M" }));
        Assert.That(table.Text(DataSource.LabelColumn), Is.EqualTo(new[] { "a", "" }));
        Assert.That((table.Text("T"), table.Numbers("M")), Is.EqualTo((new[] { "x", "y" }, new[] { 2f, 4f })));
    }

    [Test]
    public void Positions_OfNumberedRows_AreWhereTheyLie()
    {
        var numbered = SourceRows.Numbered(_rows.ToTable());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_rows.Positions(numbered.Select([1])), Is.EqualTo(new[] { 1 }));
            Assert.That(_rows.Positions(_rows.ToTable()), Is.EqualTo(new[] { 0, 1 }));
            Assert.That(_rows.Positions(_rows.ToTable().Select([1])), Is.Null);
        }
    }

    [Test]
    public void ToView_RowsThatAreFiles_IsTheTable()
    {
        var table = _rows.ToTable();
        Assert.That(_rows.ToView(table, new RejectedRowCollector(), default), Is.SameAs(table));
    }

    [Test]
    public void ToView_Content_IsReadBesideTheTable()
    {
        var content = new Letters();
        var view = (_rows with { Content = content }).ToView(_rows.ToTable(), new RejectedRowCollector(), default);
        var bytes = view.Schema[view.Schema.Count - 1];
        using (var cursor = view.GetRowCursor([view.Schema[0], bytes]))
        {
            var (readBytes, readPath) = (cursor.GetGetter<VBuffer<byte>>(bytes), cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema[0]));
            VBuffer<byte> value = default;
            ReadOnlyMemory<char> path = default;
            var seen = new List<string>();
            while (cursor.MoveNext())
            {
                readBytes(ref value);
                readPath(ref path);
                seen.Add($"{path} {Encoding.ASCII.GetString([.. value.DenseValues()])}");
            }

            Assert.That(seen, Is.EqualTo(new[] { "1.png content of 1.png", "2.png content of 2.png" }));
            Assert.That(view.Schema.Select(cursor.IsColumnActive), Is.EqualTo(new[] { true, false, false, false, false, true }));
            Assert.That(() => cursor.GetGetter<float>(bytes), Throws.InvalidOperationException.With.Message.Contains("holds bytes"));
        }

        Assert.That((bytes.Name, view.GetRowCount(), view.CanShuffle, content.Open), Is.EqualTo(("ImageBytes", 2L, false, 0)));
        using var other = view.GetRowCursor([view.Schema[0]]);
        Assert.That(() => other.GetGetter<VBuffer<byte>>(bytes), Throws.InvalidOperationException.With.Message.Contains("'ImageBytes' is not active"));
    }

    [Test]
    public void IsSame_AnyPartOfARow_Counts()
    {
        SourceRow[] others =
        [
            _first with { Path = "2.png" },
            _first with { Label = "b" },
            _first with { Group = "g" },
            _first with { Numbers = [1, 3] },
            _first with { Texts = ["z"] },
            _first with { Position = 9 },
            _first with { Length = 9 },
        ];
        Assert.That(_first.IsSame(_first with { Numbers = [1, 2], Texts = ["x"] }), Is.True);
        Assert.That(others.Select(_first.IsSame), Is.All.False);
    }

    [Test]
    public void Fingerprint_AnyPartOfARow_ChangesIt()
    {
        SourceRow[] rows = [_first, _first with { Path = "2.png" }, _first with { Label = "b" }, _first with { Group = "g" }, _first with { Numbers = [1, 3] }, _first with { Texts = ["z"] }, _first with { Length = 9 }, _first with { Length = null }];
        string Of(SourceRow row) => DataFingerprint.Of(_rows with { Rows = [row] });
        Assert.That(rows.Select(Of), Is.Unique);
        Assert.That(Of(_first with { Path = Path.Combine("elsewhere", "1.png"), Position = 9 }), Is.EqualTo(Of(_first)));
        Assert.That(Of(_first with { Length = -1 }), Is.EqualTo(Of(_first with { Length = null })), "a file that is not there");
    }

    private sealed class Letters : RowContent
    {
        public int Open { get; private set; }

        public override IEnumerable<ReadOnlyMemory<byte>> Read(IReadOnlyList<SourceRow> rows, IRejectedRowSink rejected, CancellationToken cancellationToken)
        {
            Open++;
            try
            {
                foreach (var row in rows)
                    yield return Encoding.ASCII.GetBytes($"content of {row.Path}");
            }
            finally
            {
                Open--;
            }
        }
    }
}
