using FeatureTransfer.Splits;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace FeatureTransfer.Cascades;

/// <summary>Learns how to combine models from what they say of rows that they were not fitted on.</summary>
internal sealed class Stacking(EnsembleOptions options, FeatureTransferServices services)
{
    /// <summary>Fits a multinomial logistic regression on out-of-fold scores.</summary>
    /// <param name="models">The models.</param>
    /// <param name="input">The rows.</param>
    /// <param name="predicted">The key of the models' answers.</param>
    /// <returns>From <see cref="EnsembleMapping.AllScores"/> to the columns of a trainer.</returns>
    public ITransformer Fit(IReadOnlyList<IEstimator<ITransformer>> models, IDataView input, DataViewSchema.Column predicted)
    {
        var labels = Columns.Texts(input, Columns.Find(input.Schema, options.LabelColumnName, "the label"));
        var groups = options.GroupColumnName is { } group ? Columns.Texts(input, Columns.Find(input.Schema, group, "the groups")) : null;
        var scores = models.Select(_ => new Dictionary<long, float[]>()).ToList();
        foreach (var fold in Splitter.Folds(labels, groups, options.Folds, options.Seed))
        {
            var test = fold.Test.Select(row => (long)row).ToHashSet();
            for (var i = 0; i < models.Count; i++)
            {
                services.Cancellation.ThrowIfCancellationRequested();
                var fitted = models[i].Fit(new PickedRows(input, place => !test.Contains(place)));
                foreach (var (place, score) in ScoredRows.Of(fitted, $"model {i + 1}", new PickedRows(input, test.Contains)))
                    scores[i].Add(place, score);
            }
        }

        var places = scores.Skip(1).Aggregate(scores[0].Keys.AsEnumerable(), (common, other) => common.Intersect(other.Keys)).Order();
        var rows = places.Select(place => new StackRow { Label = Key(labels[(int)place]), Scores = [.. scores.SelectMany(model => model[place])] }).Where(row => row.Label != uint.MaxValue).ToList();
        return rows.Count == 0 ? throw new FeatureTransferException("The ensemble has no row that all its models can read and that has a label.") : Fit(rows, predicted);
    }

    private ITransformer Fit(List<StackRow> rows, DataViewSchema.Column predicted)
    {
        var ml = new MLContext(options.Seed);
        var names = Columns.ClassNames(predicted);
        var schema = SchemaDefinition.Create(typeof(StackRow));
        schema[nameof(StackRow.Scores)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Scores.Length);
        schema[nameof(StackRow.Scores)].ColumnName = EnsembleMapping.AllScores;
        schema[nameof(StackRow.Label)].ColumnType = new KeyDataViewType(typeof(uint), names.Count);
        schema[nameof(StackRow.Label)].AddAnnotation("KeyValues", new VBuffer<ReadOnlyMemory<char>>(names.Count, [.. names.Select(name => name.AsMemory())]), new VectorDataViewType(TextDataViewType.Instance, names.Count));
        return ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            FeatureColumnName = EnsembleMapping.AllScores,
            LabelColumnName = nameof(StackRow.Label),
            L1Regularization = 0,
            L2Regularization = options.L2Regularization,
        }).Fit(ml.Data.LoadFromEnumerable(rows, schema));
    }

    // ML.NET counts the keys of a program's own rows from 0; a column's keys count from 1, and 0 is a missing one.
    private static uint Key(string key) => unchecked(uint.Parse(key, CultureInfo.InvariantCulture) - 1);

    private sealed class StackRow
    {
        public uint Label { get; set; }

        [VectorType(1)]
        public float[] Scores { get; set; } = [];
    }
}
