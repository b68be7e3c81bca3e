using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Leaves out the rows whose features are no numbers: a trainer would pass over them in silence, or learn nothing at all.</summary>
internal static class FiniteRows
{
    /// <summary>The rows that can be used.</summary>
    /// <exception cref="FeatureTransferException">None can.</exception>
    public static Table Of(PipelineDefinition definition, Table table, IRejectedRowSink rejected)
    {
        var mayMiss = MissingNumbers(definition);
        var faults = new string?[table.Count];
        foreach (var column in table.Schema)
        {
            for (var row = 0; row < table.Count; row++)
                faults[row] ??= Fault(column.Name, table.Values(column.Name, row), mayMiss);
        }

        int[] good = [.. Enumerable.Range(0, table.Count).Where(row => faults[row] is null)];
        if (good.Length == table.Count)
            return table;
        var names = ChainModel.Inputs(table);
        for (var row = 0; row < table.Count; row++)
        {
            if (faults[row] is { } fault)
                rejected.Reject(new RejectedRow(names[row], fault, "features"));
        }

        return good.Length > 0
            ? table.Select(good)
            : throw new FeatureTransferException($"{definition.Name}: none of the {table.Count} rows can be used. The first, {names[0]}: {faults[0]}.");
    }

    /// <summary>Whether the chain has a step that says what stands for numbers that are missing.</summary>
    public static bool MissingNumbers(PipelineDefinition definition) => definition.Estimators.Flatten().Any(step => step is ReplaceMissingValuesStep or IndicateMissingValuesStep);

    private static string? Fault(string column, ReadOnlySpan<float> values, bool mayMiss)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]) && !(mayMiss && float.IsNaN(values[i])))
                return string.Create(CultureInfo.InvariantCulture, $"the column {column} has {values[i]} in place {i}, and no finite number");
        }

        return null;
    }
}
