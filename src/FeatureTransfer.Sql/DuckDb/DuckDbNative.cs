using System.Runtime.InteropServices;

namespace FeatureTransfer.Sql.DuckDb;

/// <summary>The part of DuckDB's C interface that reading needs.</summary>
internal static unsafe partial class DuckDbNative
{
    private const string Library = DuckDbLibrary.Name;

    public const int Success = 0;
    public const int SelectStatement = 1;

    [LibraryImport(Library)]
    public static partial byte* duckdb_library_version();

    [LibraryImport(Library)]
    public static partial int duckdb_create_config(out nint config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int duckdb_set_config(nint config, string name, string option);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_config(ref nint config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int duckdb_open_ext(string path, out nint database, nint config, out byte* error);

    [LibraryImport(Library)]
    public static partial void duckdb_close(ref nint database);

    [LibraryImport(Library)]
    public static partial int duckdb_connect(nint database, out nint connection);

    [LibraryImport(Library)]
    public static partial void duckdb_disconnect(ref nint connection);

    [LibraryImport(Library)]
    public static partial void duckdb_interrupt(nint connection);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int duckdb_query(nint connection, string query, out DuckDbResult result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int duckdb_prepare(nint connection, string query, out nint statement);

    [LibraryImport(Library)]
    public static partial byte* duckdb_prepare_error(nint statement);

    [LibraryImport(Library)]
    public static partial int duckdb_prepared_statement_type(nint statement);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_prepare(ref nint statement);

    [LibraryImport(Library)]
    public static partial int duckdb_pending_prepared_streaming(nint statement, out nint pending);

    [LibraryImport(Library)]
    public static partial byte* duckdb_pending_error(nint pending);

    [LibraryImport(Library)]
    public static partial int duckdb_execute_pending(nint pending, out DuckDbResult result);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_pending(ref nint pending);

    [LibraryImport(Library)]
    public static partial byte* duckdb_result_error(ref DuckDbResult result);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_result(ref DuckDbResult result);

    [LibraryImport(Library)]
    public static partial ulong duckdb_column_count(ref DuckDbResult result);

    [LibraryImport(Library)]
    public static partial byte* duckdb_column_name(ref DuckDbResult result, ulong column);

    [LibraryImport(Library)]
    public static partial nint duckdb_column_logical_type(ref DuckDbResult result, ulong column);

    [LibraryImport(Library)]
    public static partial nint duckdb_fetch_chunk(DuckDbResult result);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_data_chunk(ref nint chunk);

    [LibraryImport(Library)]
    public static partial ulong duckdb_data_chunk_get_size(nint chunk);

    [LibraryImport(Library)]
    public static partial nint duckdb_data_chunk_get_vector(nint chunk, ulong column);

    [LibraryImport(Library)]
    public static partial byte* duckdb_vector_get_data(nint vector);

    [LibraryImport(Library)]
    public static partial ulong* duckdb_vector_get_validity(nint vector);

    [LibraryImport(Library)]
    public static partial DuckDbType duckdb_get_type_id(nint type);

    [LibraryImport(Library)]
    public static partial byte duckdb_decimal_scale(nint type);

    [LibraryImport(Library)]
    public static partial DuckDbType duckdb_decimal_internal_type(nint type);

    [LibraryImport(Library)]
    public static partial DuckDbType duckdb_enum_internal_type(nint type);

    [LibraryImport(Library)]
    public static partial byte* duckdb_enum_dictionary_value(nint type, ulong index);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_logical_type(ref nint type);

    [LibraryImport(Library)]
    public static partial void duckdb_free(void* pointer);

    /// <summary>A text of DuckDB's, which keeps it.</summary>
    public static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    /// <summary>A text that was handed over, and is freed.</summary>
    public static string TakeText(byte* text)
    {
        var copy = Text(text);
        duckdb_free(text);
        return copy;
    }
}
