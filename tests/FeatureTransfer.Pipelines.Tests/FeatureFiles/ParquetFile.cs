using FeatureTransfer.Sql;

namespace FeatureTransfer.Pipelines.Tests.FeatureFiles;

/// <summary>What DuckDB, whose reader has nothing to do with the writer's, finds in a Parquet file.</summary>
internal sealed record ParquetFile(long Rows, long[] Groups, string[] Columns, string[] Inputs, float[] Values)
{
    public static ParquetFile Read(string path)
    {
        var rows = Ask("SELECT * FROM data", path);
        return new ParquetFile(
            (long)Ask($"SELECT num_rows FROM parquet_file_metadata('{path}')").Single()[0],
            [.. Ask($"SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata('{path}') ORDER BY row_group_id").Select(group => (long)group[1])],
            [.. Ask($"SELECT name || ' ' || type || ' ' || repetition_type || coalesce(' ' || converted_type, '') FROM parquet_schema('{path}') WHERE num_children IS NULL").Select(column => (string)column[0])],
            [.. rows.Select(row => (string)row[0])],
            [.. rows.SelectMany(row => row.Skip(1)).Cast<float>()]);
    }

    /// <summary>The rows of a query, whose table "data" is the file.</summary>
    public static List<object[]> Ask(string sql, string? path = null)
    {
        using var reader = new SqlEngine().Read(new SqlQuery(sql) { Database = path });
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }
}
