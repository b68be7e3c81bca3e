using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Cli.Commands;

/// <summary>The sources of pipelines that read tables, by the endings of files.</summary>
internal static class TableFiles
{
    private static readonly Dictionary<string, Func<string, FieldSource>> _sources = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = path => new CsvSource { Path = path },
        [".tsv"] = path => new TsvSource { Path = path },
        [".json"] = path => new JsonSource { Path = path },
        [".jsonl"] = path => new JsonLinesSource { Path = path },
        [".ndjson"] = path => new JsonLinesSource { Path = path },
        [".parquet"] = path => new ParquetSource { Path = path },
    };

    /// <summary>The source of a table; null where the ending is of something else.</summary>
    public static FieldSource? Source(string path) => _sources.TryGetValue(Path.GetExtension(path), out var create) ? create(path) : null;

    /// <summary>The source of a query's rows.</summary>
    public static FieldSource Source(string query, IReadOnlyList<string> inputs) => inputs.Count > 1
        ? throw new FeatureTransferException($"A query asks one source, and {inputs.Count} were named: {string.Join(", ", inputs)}. Name one, or name the files in the query: FROM 'photos/*.parquet'.")
        : new SqlSource { Query = query, Database = inputs is [var database] ? database : null };
}
