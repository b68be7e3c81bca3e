using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Which column of a table holds the images, which names them, and the query that gives the rows.</summary>
internal sealed record TableChoice(string? Query, string? Column, string? Name);

/// <summary>Makes a stream of images of what a command line names; nothing is held but what is asked for.</summary>
internal static class ImageInputs
{
    /// <summary>What commands say of their inputs.</summary>
    public const string Description = "Images, folders, globs such as 'photos/**/*.jpg', zips or tars, tables (.csv, .tsv, .parquet, .jsonl) with a column of paths or bytes, or - for a list of paths or a tar on standard input";

    private static readonly string[] _tables = [".csv", ".tsv", ".parquet", ".jsonl", ".ndjson", ".json"];
    private static readonly string[] _databases = [".duckdb", ".ddb", ".sqlite", ".sqlite3", ".db"];

    /// <summary>The images, in the order in which their sources were named.</summary>
    /// <param name="inputs">What was named.</param>
    /// <param name="table">How tables are read.</param>
    /// <param name="engine">Reads them.</param>
    /// <param name="standardInput">Opens standard input.</param>
    /// <param name="note">Is told what was found by looking, and what was left out.</param>
    /// <param name="kind">Which files of folders are taken. Default, and null: images.</param>
    /// <exception cref="FeatureTransferException">There are no images, or a source cannot be used.</exception>
    public static IEnumerable<InputValue> Open(IReadOnlyList<string> inputs, TableChoice table, ISqlEngine engine, Func<Stream> standardInput, Action<string> note, FileKind? kind = null)
    {
        kind ??= FileKind.Images;
        if (table.Query is { } text)
            return Started(Query(inputs, text, table, engine), $"the query {text}", "it gives no rows");
        if (inputs.Count == 0)
            throw new FeatureTransferException("There is nothing to read: name images, folders, archives or tables, or give a --query.");
        return Started(inputs.SelectMany(input => One(input, table, engine, standardInput, note, kind)), string.Join(", ", inputs), $"there are no {kind.Name}. Expected {kind.Expected}, or what holds such files");
    }

    private static IEnumerable<InputValue> Query(IReadOnlyList<string> inputs, string text, TableChoice table, ISqlEngine engine)
    {
        if (inputs.Count > 1)
            throw new FeatureTransferException($"A query asks one source, and {inputs.Count} were named: {string.Join(", ", inputs)}. Name one, or name the files in the query: FROM 'photos/*.parquet'.");
        var database = inputs.Count == 0 ? null : inputs[0];
        return ImageSources.Query(engine, new SqlQuery(text) { Database = database, Folder = Folder(database) }, table.Column, table.Name);
    }

    // Paths in a table start from the table's folder, as they do in pipelines.
    private static string? Folder(string? database) =>
        database is null || database.Contains("://", StringComparison.Ordinal) || database.Contains('*', StringComparison.Ordinal) ? null : Path.GetDirectoryName(Path.GetFullPath(database));

    private static IEnumerable<InputValue> One(string input, TableChoice table, ISqlEngine engine, Func<Stream> standardInput, Action<string> note, FileKind kind)
    {
        if (input == "-")
            return ImageSources.TarOrPaths(standardInput(), "standard input");
        if (Directory.Exists(input))
            return Told(left => kind.Files(input, null, left).Select(InputValue.FromFile), input, note, kind);
        if (Ends(input, _databases) || input.Contains("://", StringComparison.Ordinal))
            throw new FeatureTransferException($"{input}: is a database; say what to read with --query, such as --query \"SELECT photo FROM products\".");
        if (Ends(input, _tables))
            return TableRows(input, table, engine, note);
        if (input.IndexOfAny(['*', '?']) >= 0 && !File.Exists(input))
            return ImageSources.Glob(input);
        return ArchiveFile.IsArchive(input) ? Told(left => ImageSources.Archive(input, null, left), input, note, kind) : [InputValue.FromFile(input)];
    }

    private static IEnumerable<InputValue> TableRows(string input, TableChoice table, ISqlEngine engine, Action<string> note) => Path.GetExtension(input).ToLowerInvariant() switch
    {
        ".csv" => PathTable.Read(input, null, table.Column, note),
        ".tsv" => PathTable.Read(input, '\t', table.Column, note),
        _ => ImageSources.Rows(engine, input, table.Column, table.Name),
    };

    // What was left out is known at the end.
    private static IEnumerable<InputValue> Told(Func<LeftFiles, IEnumerable<InputValue>> open, string origin, Action<string> note, FileKind kind)
    {
        var left = new LeftFiles(kind.Name);
        foreach (var image in open(left))
            yield return image;
        foreach (var text in left.Notes(origin))
            note(text);
    }

    private static bool Ends(string input, IEnumerable<string> endings) => endings.Any(ending => input.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    // A source that is empty or cannot be opened is told of before the backbone is.
    private static IEnumerable<InputValue> Started(IEnumerable<InputValue> images, string origin, string fault)
    {
        var rows = images.GetEnumerator();
        if (!rows.MoveNext())
        {
            rows.Dispose();
            throw new FeatureTransferException($"{origin}: {fault}.");
        }

        return Rest();

        IEnumerable<InputValue> Rest()
        {
            using (rows)
            {
                do
                    yield return rows.Current;
                while (rows.MoveNext());
            }
        }
    }
}
