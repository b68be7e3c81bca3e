using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Judges the groups of rows that a pipeline asks about.</summary>
internal static class Slicing
{
    /// <summary>The result with a report on each column that is asked about.</summary>
    /// <param name="result">The result.</param>
    /// <param name="definition">The pipeline.</param>
    /// <param name="rows">The rows that were judged, in the order of the predictions.</param>
    /// <exception cref="FeatureTransferException">The data have no such column.</exception>
    public static EvaluationResult Add(EvaluationResult result, PipelineDefinition definition, Table rows) => definition.Evaluation.Slices.Count == 0
        ? result
        : result with { Slices = [.. definition.Evaluation.Slices.Select(column => SliceReport.Of(column, result.Predictions, Values(definition, rows, column), Labels(result)))] };

    /// <summary>What can be known to be wrong before any data move.</summary>
    public static IEnumerable<ChainFault> Faults(PipelineDefinition definition)
    {
        if (definition.Evaluation.Slices.Count > 0 && definition.Task == PipelineTask.Regression)
            yield return new ChainFault("$.evaluation.slices", "groups are compared by how many of their rows are right, and the task regression has answers that are nearer or farther. Leave it out");
        foreach (var fault in UnknownColumns(definition, definition.Evaluation.Slices, "slices"))
            yield return fault;
    }

    /// <summary>The columns that an option names and the data have not.</summary>
    public static IEnumerable<ChainFault> UnknownColumns(PipelineDefinition definition, ValueList<string> columns, string option)
    {
        var texts = StepColumns.Of(definition.Data).Except(definition.Data is FieldSource fields ? fields.Numbers : []).ToList();
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i] is var column && !texts.Contains(column))
                yield return new ChainFault(string.Create(CultureInfo.InvariantCulture, $"$.evaluation.{option}[{i}]"), $"the data have no column of text \"{column}\". They have {string.Join(", ", texts.Order(StringComparer.Ordinal))}; name another field in data.texts, or data.group");
        }
    }

    private static IReadOnlyList<string> Values(PipelineDefinition definition, Table rows, string column) => rows.Text(column) ?? throw new FeatureTransferException(
        $"{definition.Name}: $.evaluation.slices: the data have no column of text \"{column}\". Name its field in data.texts, or data.group.");

    /// <summary>The labels that are positive in turn: with two answers one is; with several labels a row none.</summary>
    public static IReadOnlyList<string> Labels(EvaluationResult result) => result.Task switch
    {
        PipelineTask.Binary => [result.Labels[^1]],
        PipelineTask.Multiclass => result.Labels,
        _ => [],
    };
}
