using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using DuckDB.NET.Data;

namespace FeatureTransfer.Sql.DuckDb;

/// <summary>
/// Reads a result chunk by chunk as DuckDB computes it, in few types: whole numbers as <see cref="long"/>, decimals as <see cref="double"/>,
/// blobs as arrays of bytes of their own. DuckDB's stream over a blob is a view that ends with its chunk.
/// </summary>
internal sealed class DuckDbReader : RowReader
{
    private static readonly Dictionary<Type, (Type Type, Func<object, object> Convert)> _types = new()
    {
        [typeof(string)] = (typeof(string), value => value),
        [typeof(bool)] = (typeof(bool), value => value),
        [typeof(float)] = (typeof(float), value => value),
        [typeof(double)] = (typeof(double), value => value),
        [typeof(ulong)] = (typeof(ulong), value => value),
        [typeof(sbyte)] = (typeof(long), Whole),
        [typeof(short)] = (typeof(long), Whole),
        [typeof(int)] = (typeof(long), Whole),
        [typeof(long)] = (typeof(long), Whole),
        [typeof(byte)] = (typeof(long), Whole),
        [typeof(ushort)] = (typeof(long), Whole),
        [typeof(uint)] = (typeof(long), Whole),
        [typeof(decimal)] = (typeof(double), value => (double)(decimal)value),
        [typeof(BigInteger)] = (typeof(double), value => (double)(BigInteger)value),
        [typeof(Stream)] = (typeof(byte[]), Bytes),
    };

    private readonly DuckDBCommand _command;
    private readonly DuckDBDataReader _rows;
    private readonly SqlQuery _query;
    private readonly CancellationTokenRegistration _interrupt;
    private readonly (Type Type, Func<object, object>? Convert)[] _columns;

    private DuckDbReader(DuckDBCommand command, DuckDBDataReader rows, SqlQuery query, CancellationTokenRegistration interrupt)
    {
        (_command, _rows, _query, _interrupt) = (command, rows, query, interrupt);
        _columns = [.. Enumerable.Range(0, rows.FieldCount).Select(Column)];
    }

    public override int FieldCount => _rows.FieldCount;

    public override bool IsClosed => _rows.IsClosed;

    /// <summary>Starts a query. The reader closes the connection; where this fails, it is the caller's.</summary>
    public static DuckDbReader Start(DuckDBConnection connection, SqlQuery query, CancellationToken cancellationToken)
    {
        var command = new DuckDBCommand(query.Text, connection) { UseStreamingMode = true };
        var interrupt = cancellationToken.Register(command.Cancel);
        try
        {
            return new DuckDbReader(command, command.ExecuteReader(), query, interrupt);
        }
        catch
        {
            interrupt.Dispose();
            command.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    public override string GetName(int ordinal) => _rows.GetName(ordinal);

    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    public override Type GetFieldType(int ordinal) => _columns[ordinal].Type;

    public override bool IsDBNull(int ordinal) => _rows.IsDBNull(ordinal);

    public override object GetValue(int ordinal)
    {
        if (_rows.IsDBNull(ordinal))
            return DBNull.Value;
        if (_columns[ordinal].Convert is not { } convert)
            throw new FeatureTransferException($"The column \"{GetName(ordinal)}\" is of the type {_rows.GetDataTypeName(ordinal)}, which is not read. Cast it in the query: CAST(\"{GetName(ordinal)}\" AS VARCHAR).");
        try
        {
            return convert(_rows.GetValue(ordinal));
        }
        catch (OverflowException exception)
        {
            throw new FeatureTransferException($"The column \"{GetName(ordinal)}\" holds a decimal of more than 28 digits. Cast it in the query: CAST(\"{GetName(ordinal)}\" AS DOUBLE).", exception);
        }
    }

    public override bool Read()
    {
        _interrupt.Token.ThrowIfCancellationRequested();
        try
        {
            return _rows.Read();
        }
        catch (Exception exception) when (exception is DuckDBException or OperationCanceledException)
        {
            _interrupt.Token.ThrowIfCancellationRequested();
            throw DuckDbFault.Of(_query, exception);
        }
    }

    public override void Close()
    {
        if (IsClosed)
            return;
        var connection = _command.Connection!;
        _interrupt.Dispose();
        _rows.Dispose();
        _command.Dispose();
        connection.Dispose();
    }

    private (Type Type, Func<object, object>? Convert) Column(int ordinal)
    {
        try
        {
            return _types.TryGetValue(_rows.GetFieldType(ordinal), out var known) ? known : (typeof(object), null);
        }
        catch (ArgumentException)
        {
            // A type that DuckDB.NET does not know.
            return (typeof(object), null);
        }
    }

    private static object Whole(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    private static object Bytes(object value)
    {
        using var stream = (Stream)value;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
