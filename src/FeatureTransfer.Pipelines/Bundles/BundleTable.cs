using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines.Bundles;

/// <summary>Asks a bundle about rows with all the columns that its chain reads: texts, numbers, and images where there are some.</summary>
internal static class BundleTable
{
    /// <summary>The answers for the records of a file; its columns have the names that training had.</summary>
    public static IReadOnlyList<Prediction> Predict(Bundle bundle, string path, SourceContext context) => Predict(bundle, Table(bundle, path), new RowColumns(null, null), context);

    /// <summary>The answers for the records of a source.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="source">The source; which of its columns are read follows from the bundle.</param>
    /// <param name="columns">What it is to read beside those.</param>
    /// <param name="context">Takes the records that are no rows.</param>
    public static IReadOnlyList<Prediction> Predict(Bundle bundle, FieldSource source, RowColumns columns, SourceContext context)
    {
        var definition = PipelineReader.Parse(bundle.Manifest.Pipeline, bundle.Path);
        var wanted = Wanted(bundle, definition.Data as FieldSource, source, columns);
        var rows = wanted.Read(context with { LabelFault = _ => null, MissingNumbers = FiniteRows.MissingNumbers(definition) });
        var group = bundle.Manifest.InputColumns.Contains(DataSource.GroupColumn) ? "" : null;
        string[] texts = [.. bundle.Manifest.TextColumns, .. Name(columns)];
        var answers = Predict(bundle, rows with { TextNames = texts, Rows = [.. rows.Rows.Select(row => row with { Label = "", Group = group })] }, context.Rejected);
        return columns.Name is null ? answers : [.. answers.Zip(rows.Rows, (answer, row) => answer with { Input = row.Texts[^1] })];
    }

    /// <summary>The answers for texts, where a column of texts is all that the chain reads.</summary>
    public static IReadOnlyList<Prediction> Predict(Bundle bundle, IReadOnlyList<string> texts)
    {
        var column = bundle.Manifest.TextColumns[0];
        var rows = texts.Select(text => new SourceRow(null, "", bundle.Manifest.InputColumns.Contains(DataSource.GroupColumn) ? "" : null, []) { Texts = [text] });
        return Predict(bundle, new SourceRows("the texts", [.. rows], []) { TextNames = [column] }, new RejectedRowCollector());
    }

    /// <summary>The answers for rows that have all the columns that the chain wants, one a row.</summary>
    public static IReadOnlyList<Prediction> Predict(Bundle bundle, SourceRows rows, IRejectedRowSink rejected)
    {
        var table = rows.ToTable();
        var names = ChainModel.Inputs(table, rows.TextNames);
        var reasons = new RejectedRowCollector();
        var scored = ChainModel.Score(bundle.Model.WithRejectedRows(reasons), rows.ToView(SourceRows.Numbered(table), rejected, CancellationToken.None), novelty: bundle.Rules.Limits?.Unknown?.Column, features: bundle.Features);
        var predictions = new Prediction?[table.Count];
        for (var i = 0; i < scored.Rows.Count; i++)
        {
            var row = scored.Places?[i] ?? i;
            predictions[row] = BundlePredictor.AnswerOf(names[row], bundle.Rules, scored.Rows[i]);
        }

        var why = reasons.Rows.GroupBy(row => row.Input, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Reason, StringComparer.Ordinal);
        return [.. predictions.Select((prediction, row) => prediction ?? new Prediction { Input = names[row], Error = why.GetValueOrDefault(names[row], "it cannot be used") })];
    }

    private static FieldSource Wanted(Bundle bundle, FieldSource? trained, FieldSource source, RowColumns columns)
    {
        ValueList<string> texts = [.. bundle.ReadsTexts && columns.Input is { } own ? [own] : bundle.Manifest.TextColumns, .. Name(columns)];
        var image = bundle.Manifest.InputColumns.Contains(DataSource.PathColumn) ? columns.Input ?? trained?.Image ?? "path" : null;
        var wanted = source with
        {
            Image = image,
            Texts = texts,
            Numbers = [.. bundle.Manifest.NumberColumns],

            // A record has to have a label; any field stands for it, as nobody reads it.
            Label = texts is [var text, ..] ? text : bundle.Manifest.NumberColumns is [var number, ..] ? number : RecordMapper.ImageFields(image ?? "path").First(),
        };
        return wanted is DelimitedSource table && trained is DelimitedSource known ? table with { Decimal = known.Decimal, Encoding = known.Encoding, Header = known.Header } : wanted;
    }

    private static IEnumerable<string> Name(RowColumns columns) => columns.Name is { } name ? [name] : [];

    private static FieldSource Table(Bundle bundle, string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => new CsvSource { Path = path },
        ".tsv" => new TsvSource { Path = path },
        ".json" => new JsonSource { Path = path },
        ".jsonl" or ".ndjson" => new JsonLinesSource { Path = path },
        ".parquet" => new ParquetSource { Path = path },
        _ => throw new FeatureTransferException($"{path}: is no table. {bundle.Path} reads the columns {string.Join(", ", Columns(bundle))}; give a .csv, .tsv, .json, .jsonl or .parquet file that has them."),
    };

    private static IEnumerable<string> Columns(Bundle bundle) => bundle.Manifest.InputColumns
        .Where(column => column is not (DataSource.LabelColumn or DataSource.GroupColumn))
        .Concat(bundle.Manifest.NumberColumns);
}

/// <summary>What is read of records beside the columns that a bundle names.</summary>
/// <param name="Input">The field with the image, or with the text where it is all that is read; null is as it was in training.</param>
/// <param name="Name">The field that predictions call rows by; null is the path, the text or the number.</param>
internal sealed record RowColumns(string? Input, string? Name);
