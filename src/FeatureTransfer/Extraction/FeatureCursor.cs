using FeatureTransfer.Extraction.Flow;
using Microsoft.ML.Data;

namespace FeatureTransfer.Extraction;

/// <summary>Rows of another view with their features; they are read ahead through a flow, with the columns that are asked for.</summary>
internal sealed class FeatureCursor : DataViewRowCursor
{
    private readonly ExtractFeaturesTransformer _transformer;
    private readonly DataViewRowCursor _source;
    private readonly DataViewSchema.Column[] _carried;
    private readonly BufferedColumn[] _buffers;
    private readonly Func<FeatureInput> _readInput;
    private readonly int _inputColumns;
    private readonly FlowReport _report;
    private readonly IEnumerator<FlowRow<object[]>> _rows;
    private long _position = -1;

    public FeatureCursor(ExtractFeaturesTransformer transformer, IDataView source, DataViewSchema schema, DataViewSchema.Column[] needed)
    {
        _transformer = transformer;
        Schema = schema;
        _inputColumns = source.Schema.Count;
        var total = source.GetRowCount();
        _report = new FlowReport(transformer, total);
        _carried = [.. needed.Where(column => column.Index < _inputColumns).Select(column => source.Schema[column.Index]).DistinctBy(column => column.Index)];
        _source = source.GetRowCursor(_carried.Concat(FeatureInputReader.Columns(source.Schema, transformer.Columns)).DistinctBy(column => column.Index));
        _buffers = [.. _carried.Select(column => BufferedColumn.Create(_source, column))];

        // Which rows can be used is part of the answer whatever columns are asked for: the features are always computed.
        _readInput = FeatureInputReader.Create(_source, transformer.Columns);
        _rows = transformer.Engine.Run(ReadSource(), transformer.Services.Cancellation, total).GetEnumerator();
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        column.Index == _inputColumns || _carried.Any(carried => carried.Index == column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (column.Index == _inputColumns)
            return FeatureGetter.Of<TValue>(_transformer.OutputType, () => _rows.Current.Features!);
        var slot = Array.FindIndex(_carried, carried => carried.Index == column.Index);
        if (slot < 0)
            throw new InvalidOperationException($"Column '{column.Name}' is not active: name it when asking for the cursor.");
        return _buffers[slot].Getter(() => _rows.Current.Payload[slot]) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type.RawType}, not {typeof(TValue)}.");
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

    public override bool MoveNext()
    {
        while (_rows.MoveNext())
        {
            if (!_report.Accepts(_rows.Current.Error))
                continue;
            _position++;
            return true;
        }

        _report.End();
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // The flow reads the source, so it ends first.
            _rows.Dispose();
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private IEnumerable<FlowInput<object[]>> ReadSource()
    {
        while (_source.MoveNext())
            yield return new FlowInput<object[]>(_readInput(), Array.ConvertAll(_buffers, buffer => buffer.Read()));
    }
}
