namespace FeatureTransfer.Inputs.Sources;

public static partial class ImageSources
{
    /// <summary>The images of a query's rows.</summary>
    /// <param name="engine">Runs the query.</param>
    /// <param name="query">The query.</param>
    /// <param name="column">
    /// The column with the images: encoded bytes, or paths that start from the query's folder. Null takes the only column, or one of a usual
    /// name such as <c>path</c> or <c>image</c>.
    /// </param>
    /// <param name="nameColumn">The column that names an image of bytes; null names it by its row's number.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="FeatureTransferException">The query is wrong or a column is missing.</exception>
    public static IEnumerable<InputValue> Query(ISqlEngine engine, SqlQuery query, string? column = null, string? nameColumn = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(query);
        return Rows(engine, query, column, nameColumn, cancellationToken);
    }

    /// <summary>The images of the rows of a Parquet, CSV or JSON file, or of a glob of such files; no other column is read.</summary>
    /// <inheritdoc cref="Query"/>
    /// <param name="engine">Reads the files.</param>
    /// <param name="files">The file or the glob.</param>
    /// <param name="column">The column with the images, see <see cref="Query"/>.</param>
    /// <param name="nameColumn">The column that names an image of bytes; null names it by its row's number.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static IEnumerable<InputValue> Rows(ISqlEngine engine, string files, string? column = null, string? nameColumn = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentException.ThrowIfNullOrEmpty(files);
        var all = new SqlQuery("SELECT * FROM data LIMIT 0") { Database = files, Folder = new FileGlob(files).Folder };
        string[] columns;
        using (var reader = engine.Read(all, cancellationToken))
        {
            var names = ImageColumn.Names(reader);
            columns = [new ImageColumn(reader, all, column).Name, .. nameColumn is null ? [] : new[] { names[ImageColumn.Find(names, nameColumn, all)] }];
        }

        return Query(engine, all with { Text = $"SELECT {string.Join(", ", columns.Distinct().Select(Quoted))} FROM data" }, columns[0], nameColumn, cancellationToken);
    }

    internal static string Quoted(string column) => $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static IEnumerable<InputValue> Rows(ISqlEngine engine, SqlQuery query, string? column, string? nameColumn, CancellationToken cancellationToken)
    {
        using var reader = engine.Read(query, cancellationToken);
        var image = new ImageColumn(reader, query, column);
        var name = nameColumn is null ? -1 : ImageColumn.Find(ImageColumn.Names(reader), nameColumn, query);
        for (var row = 1L; SqlRows.Next(reader, query); row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return image.Read(row, name < 0 ? null : Convert.ToString(reader.GetValue(name), System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
