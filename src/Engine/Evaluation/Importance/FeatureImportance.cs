using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Microsoft.ML;

/// <summary>
/// How much a model's metrics change when the values of one feature are dealt out anew among the rows: L. Breiman,
/// "Random Forests", Machine Learning 45 (2001), section 10.
/// </summary>
internal sealed class FeatureImportance
{
    private readonly MLContext _context;
    private readonly ITransformer _predictor;
    private readonly IDataView _data;
    private readonly DataViewSchema.Column _features;
    private readonly float[][] _rows;

    private FeatureImportance(MLContext context, ITransformer predictor, string featureColumn, IDataView data, int? rows)
    {
        _context = context;
        _predictor = predictor;
        // The rows are read once for each feature and permutation.
        _data = new CachedView(rows is { } count ? context.Data.TakeRows(data, count) : data, []);
        _features = Check.Column(data.Schema, featureColumn, "feature", "data");
        Check.Param(
            _features.Type is VectorDataViewType { IsKnownSize: true } type && type.ItemType.Equals(NumberDataViewType.Single),
            nameof(data), $"Column '{featureColumn}' must be a known-size vector of Single, it is {_features.Type}.");
        _rows = [.. _data.GetColumn<float[]>(featureColumn)];
    }

    public static ImmutableArray<TStatistics> OfSlots<TModel, TMetrics, TStatistics>(
        MLContext context,
        ISingleFeaturePredictionTransformer<TModel> predictor,
        IDataView data,
        ImportanceOptions options,
        ImportanceMetrics<TMetrics, TStatistics> metrics)
        where TModel : class
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(data);
        var importance = new FeatureImportance(context, predictor, predictor.FeatureColumnName, data, options.NumberOfExamplesToUse);
        return importance.Run(predictor.Model, options, metrics);
    }

    public static ImmutableDictionary<string, TStatistics> ByName<TMetrics, TStatistics>(
        MLContext context,
        ITransformer model,
        IDataView data,
        ImportanceOptions options,
        ImportanceMetrics<TMetrics, TStatistics> metrics)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        var (predictor, before) = Predictor(model);
        // A chain brings its own preparation, unless the data has gone through it already.
        if (!HasFeatures(data.Schema, predictor))
            data = before.Aggregate(data, (view, transformer) => transformer.Transform(view));
        var importance = new FeatureImportance(context, (ITransformer)predictor, predictor.FeatureColumnName, data, options.NumberOfExamplesToUse);
        var slots = importance.Run(predictor.Model, options, metrics);
        var names = importance._features.SlotNamesOrNull();
        return slots.Select((s, i) => (Name: names?[i] is { Length: > 0 } name ? name : $"Slot {i}", s)).ToImmutableDictionary(s => s.Name, s => s.s);
    }

    private static (ISingleFeaturePredictionTransformer<object> Predictor, IEnumerable<ITransformer> Before) Predictor(ITransformer model)
    {
        var chain = model is IEnumerable<ITransformer> steps ? steps.ToArray() : [model];
        int last = Array.FindLastIndex(chain, t => t is ISingleFeaturePredictionTransformer<object>);
        Check.Param(last >= 0, nameof(model), "The model has no step that predicts from a column of features.");
        return ((ISingleFeaturePredictionTransformer<object>)chain[last], chain[..last]);
    }

    private static bool HasFeatures(DataViewSchema schema, ISingleFeaturePredictionTransformer<object> predictor) =>
        schema.GetColumnOrNull(predictor.FeatureColumnName) is { Type: VectorDataViewType type }
        && type.Size == ((VectorDataViewType)predictor.FeatureColumnType).Size && type.ItemType.Equals(NumberDataViewType.Single);

    private ImmutableArray<TStatistics> Run<TMetrics, TStatistics>(
        object model, ImportanceOptions options, ImportanceMetrics<TMetrics, TStatistics> metrics)
    {
        Check.Param(options.PermutationCount > 0, "permutationCount", "Must be positive");
        var random = _context.NewRandom();
        var before = metrics.Evaluate(_predictor.Transform(_data));
        var weights = options.UseFeatureWeightFilter && model is LinearModelParameters linear ? linear.Weights : null;
        var results = ImmutableArray.CreateBuilder<TStatistics>();
        for (int slot = 0; slot < ((VectorDataViewType)_features.Type).Size; slot++)
        {
            var statistics = metrics.Create();
            results.Add(statistics);
            // What weighs nothing changes nothing.
            if (weights?[slot] == 0)
                continue;
            var values = _rows.Select(r => r[slot]).ToArray();
            for (int i = 0; i < options.PermutationCount; i++)
            {
                random.Shuffle(values);
                metrics.Add(statistics, metrics.Evaluate(_predictor.Transform(With(slot, values))), before);
            }
        }
        return results.ToImmutable();
    }

    private MappedView With(int slot, float[] values) => new(_data, new StepBinding(_data.Schema, [new SlotStep(_features, slot, values)]));
}

/// <summary>What to permute, how often, over how many rows.</summary>
internal sealed record ImportanceOptions(bool UseFeatureWeightFilter, int? NumberOfExamplesToUse, int PermutationCount);

/// <summary>How to evaluate scored rows, and how to take down the change.</summary>
internal sealed record ImportanceMetrics<TMetrics, TStatistics>(
    Func<IDataView, TMetrics> Evaluate, Func<TStatistics> Create, Action<TStatistics, TMetrics, TMetrics> Add);
