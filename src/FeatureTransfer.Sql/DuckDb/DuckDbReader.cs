using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using static FeatureTransfer.Sql.DuckDb.DuckDbNative;

namespace FeatureTransfer.Sql.DuckDb;

/// <summary>Reads a result chunk by chunk as DuckDB computes it; a value is copied when it is asked for, so unread columns cost nothing.</summary>
internal sealed class DuckDbReader : RowReader
{
    private readonly DuckDbDatabase _database;
    private readonly SqlQuery _query;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _interrupt;
    private DuckDbColumn[] _columns = [];
    private DuckDbResult _result;
    private nint _statement;
    private nint _chunk;
    private int _rows;
    private int _row = -1;
    private bool _closed;

    private DuckDbReader(DuckDbDatabase database, SqlQuery query, CancellationToken cancellationToken)
    {
        (_database, _query, _cancellation) = (database, query, cancellationToken);
        _interrupt = cancellationToken.Register(() => duckdb_interrupt(database.Connection));
    }

    public override int FieldCount => _columns.Length;

    public override bool IsClosed => _closed;

    /// <summary>Prepares and starts a query.</summary>
    public static DbDataReader Start(DuckDbDatabase database, SqlQuery query, CancellationToken cancellationToken)
    {
        var reader = new DuckDbReader(database, query, cancellationToken);
        try
        {
            reader.Prepare();
            reader.Execute();
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public override string GetName(int ordinal) => _columns[ordinal].Name;

    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    public override Type GetFieldType(int ordinal) => _columns[ordinal].FieldType;

    public override object GetValue(int ordinal) => _columns[ordinal].Value(_row);

    public override bool Read()
    {
        if (++_row < _rows)
            return true;
        do
        {
            DropChunk();
            _chunk = duckdb_fetch_chunk(_result);
            CheckFetched();
            _rows = _chunk == 0 ? 0 : (int)duckdb_data_chunk_get_size(_chunk);
        }
        while (_chunk != 0 && _rows == 0);
        if (_chunk == 0)
            return false;
        for (var column = 0; column < _columns.Length; column++)
            _columns[column].Move(_chunk, column);
        _row = 0;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (_closed)
            return;
        _closed = true;
        _interrupt.Dispose();
        DropChunk();
        foreach (var column in _columns)
            column.Dispose();
        duckdb_destroy_result(ref _result);
        duckdb_destroy_prepare(ref _statement);
        _database.Dispose();
        base.Dispose(disposing);
    }

    public override void Close() => Dispose();

    private unsafe void Prepare()
    {
        if (duckdb_prepare(_database.Connection, _query.Text, out _statement) != Success)
            throw Fault(Text(duckdb_prepare_error(_statement)));
        if (duckdb_prepared_statement_type(_statement) != SelectStatement)
            throw Fault("expected one SELECT, which changes nothing");
    }

    private unsafe void Execute()
    {
        var state = duckdb_pending_prepared_streaming(_statement, out var pending);
        var error = state == Success ? null : Text(duckdb_pending_error(pending));
        if (error is null && duckdb_execute_pending(pending, out _result) != Success)
            error = Text(duckdb_result_error(ref _result));
        duckdb_destroy_pending(ref pending);
        if (error is not null)
            throw Fault(error);
        _columns = new DuckDbColumn[duckdb_column_count(ref _result)];
        for (var column = 0; column < _columns.Length; column++)
            _columns[column] = new DuckDbColumn(Text(duckdb_column_name(ref _result, (ulong)column)), duckdb_column_logical_type(ref _result, (ulong)column));
    }

    private unsafe void CheckFetched()
    {
        if (_chunk == 0 && Text(duckdb_result_error(ref _result)) is { Length: > 0 } message)
            throw Fault(message);
    }

    private void DropChunk()
    {
        if (_chunk != 0)
            duckdb_destroy_data_chunk(ref _chunk);
        (_rows, _row) = (0, -1);
    }

    // An interrupted query is one that was cancelled.
    private Exception Fault(string message) =>
        _cancellation.IsCancellationRequested ? new OperationCanceledException(_cancellation) : DuckDbFault.Of(_query, message);
}
