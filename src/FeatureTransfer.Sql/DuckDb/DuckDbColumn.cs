using System.Globalization;
using static FeatureTransfer.Sql.DuckDb.DuckDbNative;

namespace FeatureTransfer.Sql.DuckDb;

/// <summary>A column of a result: its name, its type, and how a value of a chunk is read.</summary>
internal sealed unsafe class DuckDbColumn : IDisposable
{
    private const int InlineLength = 12;
    private readonly DuckDbType _type;
    private readonly DuckDbType _stored;
    private readonly int _scale;
    private nint _logical;
    private byte* _data;
    private ulong* _validity;

    public DuckDbColumn(string name, nint logical)
    {
        (Name, _logical) = (name, logical);
        _type = duckdb_get_type_id(logical);
        _stored = _type switch
        {
            DuckDbType.Decimal => duckdb_decimal_internal_type(logical),
            DuckDbType.Enum => duckdb_enum_internal_type(logical),
            _ => _type,
        };
        _scale = _type == DuckDbType.Decimal ? duckdb_decimal_scale(logical) : 0;
    }

    public string Name { get; }

    /// <summary>The type of its values in .NET.</summary>
    public Type FieldType => _type switch
    {
        DuckDbType.Varchar or DuckDbType.Enum => typeof(string),
        DuckDbType.Blob => typeof(byte[]),
        DuckDbType.Boolean => typeof(bool),
        DuckDbType.Float => typeof(float),
        DuckDbType.Double or DuckDbType.Decimal or DuckDbType.HugeInt => typeof(double),
        DuckDbType.UBigInt => typeof(ulong),
        >= DuckDbType.TinyInt and <= DuckDbType.UInteger => typeof(long),
        _ => typeof(object),
    };

    /// <summary>Moves to the values of a chunk.</summary>
    public void Move(nint chunk, int column)
    {
        var vector = duckdb_data_chunk_get_vector(chunk, (ulong)column);
        _data = duckdb_vector_get_data(vector);
        _validity = duckdb_vector_get_validity(vector);
    }

    /// <summary>A value of the chunk.</summary>
    /// <exception cref="FeatureTransferException">The type is one that is not read.</exception>
    public object Value(int row)
    {
        if (_type == DuckDbType.SqlNull || (_validity is not null && (_validity[row >> 6] >> (row & 63) & 1) == 0))
            return DBNull.Value;
        return _type switch
        {
            DuckDbType.Varchar => System.Text.Encoding.UTF8.GetString(Bytes(row)),
            DuckDbType.Blob => Bytes(row).ToArray(),
            DuckDbType.Boolean => _data[row] != 0,
            DuckDbType.Float => ((float*)_data)[row],
            DuckDbType.Double => ((double*)_data)[row],
            DuckDbType.UBigInt => ((ulong*)_data)[row],
            DuckDbType.HugeInt => (double)((Int128*)_data)[row],
            DuckDbType.Decimal => (double)Whole(row) / Math.Pow(10, _scale),
            DuckDbType.Enum => TakeText(duckdb_enum_dictionary_value(_logical, (ulong)Whole(row))),
            >= DuckDbType.TinyInt and <= DuckDbType.UInteger => (long)Whole(row),
            _ => throw new FeatureTransferException(string.Create(CultureInfo.InvariantCulture, $"The column \"{Name}\" is of a type (number {(int)_type}) that is not read. Cast it in the query: CAST(\"{Name}\" AS VARCHAR).")),
        };
    }

    public void Dispose() => duckdb_destroy_logical_type(ref _logical);

    private Int128 Whole(int row) => _stored switch
    {
        DuckDbType.TinyInt => ((sbyte*)_data)[row],
        DuckDbType.SmallInt => ((short*)_data)[row],
        DuckDbType.Integer => ((int*)_data)[row],
        DuckDbType.BigInt => ((long*)_data)[row],
        DuckDbType.UTinyInt => _data[row],
        DuckDbType.USmallInt => ((ushort*)_data)[row],
        DuckDbType.UInteger => ((uint*)_data)[row],
        DuckDbType.HugeInt => ((Int128*)_data)[row],
        _ => throw new InvalidOperationException($"DuckDB stores '{Name}' as {_stored}."),
    };

    // Sixteen bytes: the length, then up to twelve bytes themselves, or four of them and where all are.
    private ReadOnlySpan<byte> Bytes(int row)
    {
        var text = _data + (row * 16L);
        var length = *(int*)text;
        return new ReadOnlySpan<byte>(length <= InlineLength ? text + sizeof(int) : *(byte**)(text + 8), length);
    }
}
