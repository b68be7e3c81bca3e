using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Finds the labels of rows.</summary>
internal static class LabelTexts
{
    /// <summary>The labels as text, whether the column holds text or numbers; null when there is no such column.</summary>
    public static IReadOnlyList<string>? Of(Table rows, string column) =>
        rows.Text(column) ?? rows.Numbers(column)?.Select(number => number.ToString("R", CultureInfo.InvariantCulture)).ToList();

    /// <summary>The labels of a pipeline's rows.</summary>
    /// <exception cref="FeatureTransferException">The column is missing.</exception>
    public static IReadOnlyList<string> Of(PipelineDefinition definition, Table rows) => Of(rows, definition.Evaluation.LabelColumn)
        ?? throw new FeatureTransferException($"{definition.Name}: the data has no column '{definition.Evaluation.LabelColumn}' of text or numbers. Its columns are {string.Join(", ", rows.Schema.Select(column => column.Name))}; set evaluation.labelColumn.");
}
