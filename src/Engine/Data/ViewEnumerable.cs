using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.Data;

/// <summary>A view as objects.</summary>
internal sealed class ViewEnumerable<[DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TRow>
    : IEnumerable<TRow>
    where TRow : class, new()
{
    private readonly IDataView _view;
    private readonly bool _reuse;
    private readonly RowBinding<TRow> _binding;
    private readonly IReadOnlyList<(int Member, DataViewSchema.Column Column)> _bound;

    public ViewEnumerable(IDataView view, bool reuse, bool ignoreMissing, SchemaDefinition? definition)
    {
        _view = view;
        _reuse = reuse;
        _binding = new(definition, SchemaDefinition.Direction.Write);
        _bound = _binding.Bind(view.Schema, ignoreMissing);
    }

    public IEnumerator<TRow> GetEnumerator()
    {
        var active = Batches.Active(_view.Schema, _bound.Select(b => b.Column));
        using var cursor = Batches.Open(_view, active);
        var writers = _bound.Select(b => _binding.Writer(b.Member, b.Column, cursor.Column(b.Column.Index))).ToArray();
        int goodRows = Batches.GoodRows(_view.Schema, active);
        TRow? row = null;
        for (int rows = 1; cursor.MoveNext(rows); rows = Math.Min(rows * 2, goodRows))
        {
            for (int i = 0; i < cursor.Count; i++)
            {
                row = _reuse && row is not null ? row : new TRow();
                foreach (var writer in writers)
                    writer.Write(row, i);
                yield return row;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
