using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Cli.Commands;

/// <summary>The answers of bundles that read columns of text or numbers: for tables, and for texts where those are all that they read.</summary>
internal static class RowInputs
{
    private static readonly string[] _tables = [".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".parquet"];

    /// <summary>The answers, in the order of the inputs.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="table">How tables are read, and a query in their place.</param>
    /// <param name="inputs">Tables, and for a bundle of texts also texts, files with a text a line (.txt), or - for standard input.</param>
    /// <param name="rejected">Takes the records that are no rows.</param>
    /// <param name="note">Takes what was found out about tables.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="FeatureTransferException">There is nothing to read, or an input is not what the bundle reads.</exception>
    public static IEnumerable<Prediction> Predict(Bundle bundle, IReadOnlyList<string> inputs, TableChoice table, RejectedRowCollector rejected, Action<string> note, CancellationToken cancellationToken) =>
        table.Query is { } query ? Rows(bundle, TableFiles.Source(query, inputs), table, rejected, note, cancellationToken)
        : inputs.Count > 0 ? inputs.SelectMany(input => One(bundle, input, table, rejected, note, cancellationToken))
        : throw new FeatureTransferException($"There is nothing to read: name {(bundle.ReadsTexts ? "texts, files with a text a line, or tables" : "tables with the columns that the bundle reads")}.");

    private static IReadOnlyList<Prediction> One(Bundle bundle, string input, TableChoice table, RejectedRowCollector rejected, Action<string> note, CancellationToken cancellationToken)
    {
        var isFile = File.Exists(input);
        if (!bundle.ReadsTexts || (isFile && _tables.Contains(Path.GetExtension(input), StringComparer.OrdinalIgnoreCase)))
            return TableFiles.Source(input) is { } source ? Rows(bundle, source, table, rejected, note, cancellationToken) : bundle.PredictTable(input, rejected, note, cancellationToken);
        if (input == "-")
            return bundle.PredictTexts(Lines(Console.In));
        if (!isFile && (_tables.Contains(Path.GetExtension(input), StringComparer.OrdinalIgnoreCase) || Path.GetExtension(input).Equals(".txt", StringComparison.OrdinalIgnoreCase)))
            throw new FeatureTransferException($"{input}: there is no such file. A text that ends so can be given on standard input, by -.");
        if (!isFile)
            return bundle.PredictTexts([input]);
        using var reader = new StreamReader(input);
        return bundle.PredictTexts(Lines(reader));
    }

    private static IReadOnlyList<Prediction> Rows(Bundle bundle, FieldSource source, TableChoice table, RejectedRowCollector rejected, Action<string> note, CancellationToken cancellationToken) =>
        BundleTable.Predict(bundle, source, new RowColumns(table.Column, table.Name), new SourceContext(null, rejected, cancellationToken) { Sql = CommandServices.Default.Sql, Note = note });

    private static List<string> Lines(TextReader reader)
    {
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
            lines.Add(line);
        return lines;
    }
}
