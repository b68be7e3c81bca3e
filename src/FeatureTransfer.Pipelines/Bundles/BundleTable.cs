using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Bundles;

/// <summary>Asks a bundle about rows with all the columns that its chain reads: texts, numbers, and images where there are some.</summary>
internal static class BundleTable
{
    private const string Place = "FeatureTransfer.Row";

    /// <summary>The answers for the records of a file; its columns have the names that training had.</summary>
    public static IReadOnlyList<Prediction> Predict(Bundle bundle, string path, SourceContext context)
    {
        var definition = PipelineReader.Parse(bundle.Manifest.Pipeline, bundle.Path);
        var source = Source(bundle, definition, path);
        var rows = source.Read(context with { LabelFault = _ => null, MissingNumbers = FiniteRows.MissingNumbers(definition) });
        var unlabelled = rows with { Rows = [.. rows.Rows.Select(row => row with { Label = "", Group = bundle.Manifest.InputColumns.Contains(DataSource.GroupColumn) ? "" : null })] };
        return Predict(bundle, unlabelled, context.Rejected);
    }

    /// <summary>The answers for texts, where a column of texts is all that the chain reads.</summary>
    public static IReadOnlyList<Prediction> Predict(Bundle bundle, IReadOnlyList<string> texts)
    {
        var column = bundle.Manifest.TextColumns[0];
        var rows = texts.Select(text => new SourceRow(null, "", bundle.Manifest.InputColumns.Contains(DataSource.GroupColumn) ? "" : null, []) { Texts = [text] });
        return Predict(bundle, new SourceRows("the texts", [.. rows], []) { TextNames = [column] }, new RejectedRowCollector());
    }

    private static IReadOnlyList<Prediction> Predict(Bundle bundle, SourceRows rows, IRejectedRowSink rejected)
    {
        var table = rows.ToTable();
        var names = ChainModel.Inputs(table, rows.TextNames);
        var reasons = new RejectedRowCollector();
        var numbered = table.With(Place, [.. Enumerable.Range(0, table.Count).Select(row => (float)row)]);
        var answers = bundle.Model.WithRejectedRows(reasons).Transform(rows.ToView(numbered, rejected, CancellationToken.None));
        var predictions = new Prediction?[table.Count];
        foreach (var (row, score) in answers.GetColumn<float>(Place).Zip(ScoredRows.Of(answers).Rows))
            predictions[(int)row] = BundlePredictor.AnswerOf(names[(int)row], bundle.Rules, score);
        var why = reasons.Rows.GroupBy(row => row.Input, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Reason, StringComparer.Ordinal);
        return [.. predictions.Select((prediction, row) => prediction ?? new Prediction { Input = names[row], Error = why.GetValueOrDefault(names[row], "it cannot be used") })];
    }

    private static FieldSource Source(Bundle bundle, PipelineDefinition definition, string path)
    {
        var trained = definition.Data as FieldSource;
        ValueList<string> texts = [.. bundle.Manifest.TextColumns], numbers = [.. bundle.Manifest.NumberColumns];
        var image = bundle.Manifest.InputColumns.Contains(DataSource.PathColumn) ? trained?.Image ?? "path" : null;

        // A record has to have a label; any field stands for it, as nobody reads it.
        var label = texts is [var text, ..] ? text : numbers is [var number, ..] ? number : image ?? "path";
        var (mark, encoding) = trained is DelimitedSource delimited ? (delimited.Decimal, delimited.Encoding) : (DecimalMark.Auto, null);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".csv" => new CsvSource { Path = path, Image = image, Label = label, Texts = texts, Numbers = numbers, Decimal = mark, Encoding = encoding },
            ".tsv" => new TsvSource { Path = path, Image = image, Label = label, Texts = texts, Numbers = numbers, Decimal = mark, Encoding = encoding },
            ".json" => new JsonSource { Path = path, Image = image, Label = label, Texts = texts, Numbers = numbers },
            ".jsonl" or ".ndjson" => new JsonLinesSource { Path = path, Image = image, Label = label, Texts = texts, Numbers = numbers },
            ".parquet" => new ParquetSource { Path = path, Image = image, Label = label, Texts = texts, Numbers = numbers },
            _ => throw new FeatureTransferException($"{path}: is no table. {bundle.Path} reads the columns {string.Join(", ", (image is null ? [] : new[] { image }).Concat(texts).Concat(numbers))}; give a .csv, .tsv, .json, .jsonl or .parquet file that has them."),
        };
    }
}
