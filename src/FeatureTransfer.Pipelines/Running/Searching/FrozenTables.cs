using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>The rows behind the frozen steps of candidates. Most candidates share these; the last few are kept in memory, and all features in the cache.</summary>
internal sealed class FrozenTables(TrainingRows rows)
{
    // 256 MB of numbers.
    private const long Most = 64 << 20;
    private readonly List<(string Key, Table Table)> _kept = [];

    /// <summary>The first rows, behind the frozen steps.</summary>
    public Table Read(PipelineDefinition candidate, int count, StepBuild build)
    {
        var frozen = ChainModel.Frozen(candidate);
        var key = string.Create(CultureInfo.InvariantCulture, $"{count}\n{(frozen.Count > 0 ? PipelineFormat.Estimators.Write([.. frozen])!.ToJsonString() : "")}");
        if (_kept.Find(kept => kept.Key == key).Table is { } known)
            return known;
        var table = FrozenRows.Read(candidate, rows.View(0, count, build.Services.Rejected!, build.Services.Cancellation), build);
        _kept.Add((key, table));
        while (_kept.Count > 1 && _kept.Sum(kept => Size(kept.Table)) > Most)
            _kept.RemoveAt(0);
        return table;
    }

    private static long Size(Table table) => table.Count == 0 ? 0 : (long)table.Count * table.Schema.Sum(column => table.Values(column.Name, 0).Length);
}
