using System.Diagnostics;
using FeatureTransfer.Onnx;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Advising;

/// <summary>A backbone with the layers of it that are still in the race: all are computed in one run.</summary>
internal sealed class BackboneTrial : IDisposable
{
    // Opening a byte of a backbone takes about as long as so many multiplications: reading, cutting and optimizing the graph.
    private const double MultiplyAddsPerByte = 1000;

    // Larger ones are opened in each round, so that memory never holds several.
    private const long MostBytesKept = 1L << 27;
    private readonly PipelineDefinition _definition;
    private readonly ExtractFeaturesStep _step;
    private readonly Dictionary<string, LayerInfo> _tensors;
    private TappedLayers? _tapped;

    /// <summary>Opens a backbone and lists what of it can be compared.</summary>
    /// <exception cref="FeatureTransferException">It cannot be had, or does not fit the data.</exception>
    public BackboneTrial(PipelineDefinition definition, ExtractFeaturesStep step, StepBuild build)
    {
        (_definition, _step) = (definition, step);
        var card = build.Services.Catalog.Get(build.ResolveBackbone(step.Backbone));
        var backbone = build.Services.Backbones.Open(card, build.Services.Cancellation);
        var model = backbone.LoadModel();
        _tensors = LayerTable.Describe(model).ToDictionary(layer => layer.Name, StringComparer.Ordinal);
        SizeInBytes = card.SizeInBytes ?? new FileInfo(backbone.OnnxPath).Length;
        IEnumerable<ValueList<string>> choices = step.Layers.Count > 0 ? [step.Layers] : [[], .. card.Layers.Keys.Select(alias => (ValueList<string>)[alias])];
        Layers = [.. choices
            .Select(layers => new LayerFeatures(step.Backbone, layers.Count > 0 ? layers : [.. card.DefaultLayers], backbone.ResolveLayers(model, layers)))
            .Where(layers => layers.Tensors.All(_tensors.ContainsKey))
            .DistinctBy(layers => string.Join('\n', layers.Tensors))];
    }

    /// <summary>What is still in the race.</summary>
    public IReadOnlyList<LayerFeatures> Layers { get; private set; }

    /// <summary>The size of its file.</summary>
    public long SizeInBytes { get; }

    /// <summary>Leaves the others out from now on.</summary>
    public void Keep(IReadOnlySet<LayerFeatures> kept)
    {
        Layers = [.. Layers.Where(kept.Contains)];
        if (Layers.Count == 0)
            Dispose();
    }

    /// <summary>Computes the features of more rows, and measures the time of a row.</summary>
    public void Extend(TrainingRows rows, int first, int end, StepBuild build)
    {
        if (Layers.Count == 0 || first >= end)
            return;
        var view = rows.View(first, end, build.Services.Rejected ?? new RejectedRowCollector(), build.Services.Cancellation);
        var tapped = Tap(view, end - first, build);
        var (computed, watch) = (tapped.RowsComputed, Stopwatch.StartNew());
        var table = tapped.Read(view, build.Services.Cancellation);
        var seconds = watch.Elapsed.TotalSeconds / Math.Max(1, table.Count);
        computed = tapped.RowsComputed - computed;
        foreach (var layers in Layers)
        {
            Take(layers, table, tapped);

            // Rows from the cache say nothing of the time.
            if (computed >= table.Count)
                layers.SecondsPerRow = seconds * Cost(layers.Tensors) / Math.Max(1, Cost(tapped.Tensors));
        }

        if (SizeInBytes > MostBytesKept)
            Dispose();
    }

    /// <summary>Frees the backbone; the features stay.</summary>
    public void Dispose()
    {
        _tapped?.Dispose();
        _tapped = null;
    }

    /// <summary>Whether rows gain more by what each saves than it takes to open a backbone of a size.</summary>
    internal static bool IsWorthOpening(int rows, long savedMultiplyAdds, long bytes) => rows * (double)savedMultiplyAdds > MultiplyAddsPerByte * bytes;

    // What is open stays so, unless the layers that are left end so early that the rows to come make up for another opening.
    private TappedLayers Tap(IDataView view, int rows, StepBuild build)
    {
        List<string> needed = [.. Layers.SelectMany(layers => layers.Tensors).Distinct(StringComparer.Ordinal)];
        if (_tapped is not null && !IsWorthOpening(rows, Cost(_tapped.Tensors) - Cost(needed), SizeInBytes))
            return _tapped;
        Dispose();
        var step = _step with { Layers = [.. needed] };
        var definition = _definition with { Estimators = [.. _definition.Estimators.Select(other => ReferenceEquals(other, _step) || other is ExtractFeaturesStep ? step : other)] };
        return _tapped = new TappedLayers(ChainModel.Fit(ChainModel.Frozen(definition), view, build), needed, total => Lengths(needed, total));
    }

    private long Cost(IEnumerable<string> tensors) => tensors.Max(tensor => _tensors[tensor].CumulativeMultiplyAdds);

    private void Take(LayerFeatures layers, Table table, TappedLayers tapped)
    {
        var ranges = layers.Tensors.Select(tapped.RangeOf).ToList();
        var places = table.Numbers(SourceRows.Place)!;
        for (var row = 0; row < table.Count; row++)
        {
            var all = table.Values(_step.Output, row);
            var own = new float[ranges.Sum(range => range.Length)];
            var at = 0;
            foreach (var (start, length) in ranges)
            {
                all.Slice(start, length).CopyTo(own.AsSpan(at));
                at += length;
            }

            layers.ByRow[(int)places[row]] = own;
        }
    }

    // Pooled layers are as long as they have channels; a pooling that keeps more is divided as the layers' sizes are.
    private List<int> Lengths(List<string> tapped, int total)
    {
        var channels = tapped.Select(tensor => _tensors[tensor].Shape switch { [_, _, var hidden] => (int)hidden, [_, var count, ..] => (int)count, _ => 1 }).ToList();
        if (channels.Sum() == total)
            return channels;
        var sizes = tapped.Select(tensor => (int)_tensors[tensor].Shape.Aggregate(1L, (product, size) => product * Math.Abs(size))).ToList();
        if (tapped.Count == 1)
            return [total];
        return sizes.Sum() == total
            ? sizes
            : throw new FeatureTransferException($"{_definition.Name}: the layers of {_step.Backbone} cannot be told apart under this pooling. Name the layers to compare one by one, or choose the pooling 'avg'.");
    }
}
