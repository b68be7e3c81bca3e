using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.Data;

/// <summary>An object as a row.</summary>
internal sealed class ObjectRow<[DynamicallyAccessedMembers(RowMember.Needed)] TRow> : DataViewRow
    where TRow : class
{
    private readonly RowBinding<TRow> _binding;
    private readonly MemberReader<TRow>?[] _readers;
    private TRow? _row;
    private long _position = -1;

    public ObjectRow(RowBinding<TRow> binding)
    {
        _binding = binding;
        Schema = binding.ToSchema();
        _readers = new MemberReader<TRow>?[Schema.Count];
    }

    public override long Position => _position;

    public override long Batch => 0;

    public override DataViewSchema Schema { get; }

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public void Set(TRow row)
    {
        _row = row;
        _position++;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new((ulong)_position, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        var reader = _readers[column.Index] ??= _binding.Reader(column.Index);
        var values = reader.Column as BatchColumn<TValue>
            ?? throw new InvalidOperationException($"Invalid TValue: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
        values.Resize(1);
        return (ref TValue value) =>
        {
            reader.Read(_row!, 0);
            ValueCopiers<TValue>.Copy(in values.Values[0], ref value);
        };
    }
}
