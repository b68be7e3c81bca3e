using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Reads the rows of a source whose labels the task can use.</summary>
internal static class LabelledRows
{
    /// <summary>The rows, at most as many as the source's limit says.</summary>
    /// <param name="definition">The pipeline; its data and its label column count.</param>
    /// <param name="rules">Say which labels can be used.</param>
    /// <param name="context">Is told of rows that cannot.</param>
    /// <param name="unlabelled">Whether rows without a label are given too, where the chain learns from such.</param>
    /// <exception cref="FeatureTransferException">None can.</exception>
    public static SourceRows Read(PipelineDefinition definition, TaskRules rules, SourceContext context, bool unlabelled = false)
    {
        // A source of records rejects a row where it stands; other columns, and folders, are looked at afterwards.
        var keepsAll = LabelledSplit.ReadsUnlabelled(definition);
        var own = context with { NumberLabels = definition.Task == PipelineTask.Regression, MissingNumbers = FiniteRows.MissingNumbers(definition) };
        var rows = definition.Data.Read(definition.Evaluation.LabelColumn == DataSource.LabelColumn ? own with { LabelFault = label => Fault(LabelText.Clean(label)) } : own);
        var usable = Usable(definition, LabelText.Clean(rows, context.Note), Fault, context.Rejected).Limited(definition.Data.Limit);
        return keepsAll && !unlabelled ? usable.Select(LabelledSplit.Labelled(definition, usable.ToTable())) : usable;

        string? Fault(string label) => keepsAll && label.Length == 0 ? null : rules.Fault(label);
    }

    private static SourceRows Usable(PipelineDefinition definition, SourceRows rows, Func<string, string?> faultOf, IRejectedRowSink rejected)
    {
        var labels = LabelTexts.Of(definition, rows.ToTable());
        var faults = labels.Select(faultOf).ToList();
        if (faults.TrueForAll(fault => fault is null))
            return rows;
        for (var row = 0; row < faults.Count; row++)
        {
            if (faults[row] is { } fault)
                rejected.Reject(new RejectedRow(rows.Rows[row].Path ?? string.Create(CultureInfo.InvariantCulture, $"{rows.Origin}, row {row}"), $"the label {fault}", "data"));
        }

        SourceRow[] usable = [.. rows.Rows.Where((_, row) => faults[row] is null)];
        return usable.Length > 0 ? rows with { Rows = usable } : throw new FeatureTransferException($"{definition.Name}: none of the {faults.Count} labels of {rows.Origin} can be used. The first {faults[0]}.");
    }
}
