using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;
using FeatureTransfer.Schema;
using Microsoft.ML.Data;

namespace FeatureTransfer.FineTuning;

/// <summary>Runs the frozen part over rows once; what the feature cache has is not computed again.</summary>
internal sealed class FrozenPass(FineTuneOptions options, FixedPreparation preparation, FeatureTransferServices services)
{
    /// <summary>Computes the activations of rows.</summary>
    /// <param name="trunk">From the image to one vector a row.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="wanted">Those to compute.</param>
    /// <param name="usable">Takes the rows that could be read, in their order.</param>
    /// <param name="done">Is told of each row that is done. Default, and null: nobody.</param>
    public ActivationStore Run(OnnxModel trunk, IReadOnlyList<TuningRow> rows, IReadOnlyList<int> wanted, out List<int> usable, Action<int>? done = null)
    {
        var settings = new ExtractFeaturesOptions { Backbone = options.Backbone, InputColumnName = nameof(PathRow.Image), UseCache = options.UseCache, Device = options.Device, BatchSize = Math.Min(options.BatchSize, 8) };
        using var transformer = ExtractFeaturesTransformer.Create(settings, trunk, preparation, options.Backbone, services);
        var store = new ActivationStore(rows.Count, transformer.FeatureLength, options.ActivationMemory);
        try
        {
            usable = [.. Compute(transformer, View(rows, wanted), store, done)];
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private static IEnumerable<int> Compute(ExtractFeaturesTransformer transformer, IDataView view, ActivationStore store, Action<int>? done)
    {
        var features = transformer.Transform(view);
        var (rowColumn, featureColumn) = (features.Schema[nameof(PathRow.Row)], features.Schema[transformer.Options.OutputColumnName]);
        using var cursor = features.GetRowCursor([rowColumn, featureColumn]);
        var (rowGetter, featureGetter) = (cursor.GetGetter<int>(rowColumn), cursor.GetGetter<VBuffer<float>>(featureColumn));
        var (row, values) = (0, default(VBuffer<float>));
        while (cursor.MoveNext())
        {
            rowGetter(ref row);
            featureGetter(ref values);
            store.Write(row, values.GetValues());
            done?.Invoke(row);
            yield return row;
        }
    }

    private static IDataView View(IReadOnlyList<TuningRow> rows, IReadOnlyList<int> wanted)
    {
        var data = new MLContext().Data;
        if (wanted.Count == 0 || rows[wanted[0]].Image is null)
            return data.LoadFromEnumerable(wanted.Select(row => new PathRow { Row = row, Image = rows[row].Input }));
        var schema = SchemaDefinition.Create(typeof(ContentRow));
        ContentColumns.Annotate(schema[nameof(ContentRow.Image)], nameof(ContentRow.Content));
        return data.LoadFromEnumerable(wanted.Select(row => new ContentRow { Row = row, Image = rows[row].Input, Content = rows[row].Read().ToArray() }), schema);
    }

    private sealed class PathRow
    {
        public int Row { get; set; }

        public string Image { get; set; } = "";
    }

    private sealed class ContentRow
    {
        public int Row { get; set; }

        public string Image { get; set; } = "";

        public byte[] Content { get; set; } = [];
    }
}
