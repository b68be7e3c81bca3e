using FeatureTransfer.Extraction;
using FeatureTransfer.Models;
using FeatureTransfer.Pipelines.Data;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Bundles;

/// <summary>The features of an item, or why there are none.</summary>
internal sealed record ItemFeatures(float[]? Values, string? Error);

/// <summary>The frozen backbones of a chain: their features before anything is learned from them.</summary>
internal sealed class BundleFeatures
{
    private readonly ITransformer _chain;
    private readonly IReadOnlyList<string> _columns;

    private BundleFeatures(ITransformer chain, IReadOnlyList<ExtractFeaturesTransformer> extractions)
    {
        _chain = chain;
        _columns = [.. extractions.Select(extraction => extraction.Options.OutputColumnName).Distinct()];
        Length = extractions.DistinctBy(extraction => extraction.Options.OutputColumnName).Sum(extraction => extraction.FeatureLength);
    }

    /// <summary>How many features an item has, of all backbones together.</summary>
    public int Length { get; }

    /// <summary>The backbones of a chain; null where it has none but within parts that choose between them.</summary>
    public static BundleFeatures? Of(ITransformer model)
    {
        var parts = Flat(model).ToList();
        var last = parts.FindLastIndex(part => part is ExtractFeaturesTransformer);
        return last < 0 ? null : new BundleFeatures(new TransformerChain<ITransformer>([.. parts.Take(last + 1)]), [.. parts.OfType<ExtractFeaturesTransformer>()]);
    }

    /// <summary>The features of rows, one behind the other where there are several backbones.</summary>
    public IReadOnlyList<ItemFeatures> Read(SourceRows rows)
    {
        var rejected = new RejectedRowCollector();
        var table = SourceRows.Numbered(rows.ToTable());
        var view = _chain.WithRejectedRows(rejected).Transform(rows.ToView(table, rejected, CancellationToken.None));
        var (place, columns) = (view.Schema[SourceRows.Place], _columns.Select(name => view.Schema[name]).ToList());
        var found = new float[]?[rows.Rows.Count];
        using (var cursor = view.GetRowCursor([place, .. columns]))
        {
            var (number, getters) = (cursor.GetGetter<float>(place), columns.ConvertAll(column => cursor.GetGetter<VBuffer<float>>(column)));
            var row = 0f;
            while (cursor.MoveNext())
            {
                number(ref row);
                found[(int)row] = [.. getters.SelectMany(Values)];
            }
        }

        var reasons = rejected.Rows.ToDictionary(row => row.Input, row => row.Reason, StringComparer.Ordinal);
        return [.. found.Select((values, row) => new ItemFeatures(values, values is null ? reasons.GetValueOrDefault(rows.Rows[row].Path ?? "", "it cannot be used") : null))];
    }

    private static float[] Values(ValueGetter<VBuffer<float>> getter)
    {
        var value = default(VBuffer<float>);
        getter(ref value);
        return [.. value.DenseValues()];
    }

    private static IEnumerable<ITransformer> Flat(ITransformer model) => ModelChain.Parts(model)?.SelectMany(Flat) ?? [model];
}
