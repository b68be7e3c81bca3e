using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Extraction;

/// <summary>
/// Reads rows ahead and decodes them on one side of a bounded channel while the backbone computes on the other; memory stays flat.
/// </summary>
internal sealed class FeatureCursor : DataViewRowCursor
{
    private const int ChunkBatches = 4;
    private readonly ExtractFeaturesTransformer _transformer;
    private readonly DataViewRowCursor _source;
    private readonly DataViewSchema.Column[] _carried;
    private readonly BufferedColumn[] _buffers;
    private readonly Func<FeatureInput>? _readInput;
    private readonly int _inputColumns;
    private readonly CancellationTokenSource _stop;
    private readonly Channel<Chunk> _chunks = Channel.CreateBounded<Chunk>(2);
    private Task? _producer;
    private Chunk? _chunk;
    private FeatureOutput[] _features = [];
    private int _row = -1;
    private long _position = -1;
    private readonly long? _total;
    private long _done;

    public FeatureCursor(ExtractFeaturesTransformer transformer, IDataView source, DataViewSchema schema, DataViewSchema.Column[] needed)
    {
        _transformer = transformer;
        Schema = schema;
        _total = source.GetRowCount();
        _inputColumns = source.Schema.Count;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(transformer.Services.Cancellation);
        var input = source.Schema[transformer.Options.InputColumnName];
        _carried = [.. needed.Where(column => column.Index < _inputColumns).Select(column => source.Schema[column.Index]).DistinctBy(column => column.Index)];
        _source = source.GetRowCursor(_carried.Append(input).DistinctBy(column => column.Index));
        _buffers = [.. _carried.Select(column => BufferedColumn.Create(_source, column))];

        // Which rows can be used is part of the answer whatever columns are asked for: the features are always computed.
        _readInput = FeatureInputReader.Create(_source, input);
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        column.Index == _inputColumns || _carried.Any(carried => carried.Index == column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (column.Index == _inputColumns)
            return FeatureGetter.Of<TValue>(_transformer.OutputType, () => _features[_row].Features!);
        var slot = Array.FindIndex(_carried, carried => carried.Index == column.Index);
        if (slot < 0)
            throw new InvalidOperationException($"Column '{column.Name}' is not active: name it when asking for the cursor.");
        return _buffers[slot].Getter(() => _chunk!.Values[_row][slot]) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type.RawType}, not {typeof(TValue)}.");
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

    public override bool MoveNext()
    {
        _producer ??= Task.Run(ProduceAsync);
        do
        {
            if (_chunk is null || ++_row >= _chunk.Inputs.Count)
            {
                if (!NextChunk())
                    return false;
            }
        }
        while (Rejects(_features[_row].Error));
        _position++;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Cancel();
            try
            {
                _producer?.GetAwaiter().GetResult();
            }
            catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
            {
                // Stopped on purpose.
            }

            _source.Dispose();
            _stop.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool NextChunk()
    {
        if (!Task.Run(async () => await _chunks.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false)).GetAwaiter().GetResult())
            return false;
        if (!_chunks.Reader.TryRead(out _chunk))
            return false;
        _features = _transformer.Engine.Compute(_chunk.Prepared, _stop.Token);
        _done += _chunk.Inputs.Count;
        _row = 0;
        _transformer.Services.Progress?.Report(new WorkProgress($"Extracting features with {_transformer.BackboneId}", _done, _total));
        return true;
    }

    private bool Rejects(BadInputException? error)
    {
        if (error is null)
            return false;
        var services = _transformer.Services;
        if (services.Rejected is { } sink)
            sink.Reject(new RejectedRow(error.Input, error.Reason, "ExtractFeatures"));
        else
            services.Logger.LogWarning("Row left out: {Message}", error.Message);
        return true;
    }

    private async Task ProduceAsync()
    {
        try
        {
            while (ReadChunk() is { Inputs.Count: > 0 } chunk)
                await _chunks.Writer.WriteAsync(chunk, _stop.Token).ConfigureAwait(false);
            _chunks.Writer.Complete();
        }
        catch (Exception exception)
        {
            // The reading side throws it.
            _chunks.Writer.TryComplete(exception);
        }
    }

    private Chunk ReadChunk()
    {
        var inputs = new List<FeatureInput>();
        var values = new List<object[]>();
        var size = _transformer.Options.BatchSize * ChunkBatches;
        while (inputs.Count < size && _source.MoveNext())
        {
            inputs.Add(_readInput!());
            values.Add(Array.ConvertAll(_buffers, buffer => buffer.Read()));
        }

        return new Chunk(inputs, values, _transformer.Engine.Prepare(inputs, _stop.Token));
    }

    private sealed record Chunk(List<FeatureInput> Inputs, List<object[]> Values, FeatureEngine.PreparedInput[] Prepared);
}
