using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Naive Bayes over features that are there, that is greater than zero, or not.</summary>
public sealed class NaiveBayesMulticlassTrainer
    : TrainerEstimatorBase<MulticlassPredictionTransformer<NaiveBayesMulticlassModelParameters>, NaiveBayesMulticlassModelParameters>
{
    private readonly TrainerInfo _info = new(needNormalization: false, wantCaching: false);

    internal NaiveBayesMulticlassTrainer(MLContext context, string labelColumnName, string featureColumnName)
        : base(context, new(TrainerColumns.Features(featureColumnName), TrainerColumns.KeyLabel(labelColumnName), default))
    {
    }

    public override TrainerInfo Info => _info;

    private protected override MulticlassPredictionTransformer<NaiveBayesMulticlassModelParameters> Train(IDataView data, object? start)
    {
        var labels = LabelKeys.Of(data.Schema[LabelColumn.Name]);
        return new(Count(ReadTrainingSet(data), labels.Count), data.Schema[FeatureColumn.Name], labels);
    }

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input) =>
        OutputShapes.Multiclass(input.Find(LabelColumn.Name, "label"));

    private static NaiveBayesMulticlassModelParameters Count(TrainingSet set, int classes)
    {
        var rows = new long[classes];
        var present = new long[classes][];
        for (int k = 0; k < classes; k++)
            present[k] = new long[set.Features];
        for (int i = 0; i < set.Count; i++)
        {
            int label = (int)set.Labels[i];
            rows[label]++;
            var row = set.Row(i);
            for (int v = 0; v < row.Values.Length; v++)
                if (row.Values[v] > 0)
                    present[label][row.IsDense ? v : row.Indices[v]]++;
        }
        return new(rows, present, set.Features);
    }
}
