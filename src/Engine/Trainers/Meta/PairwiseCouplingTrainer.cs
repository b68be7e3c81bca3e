using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Trains a model for each pair of classes, a class with itself among them, which tells the two from all others
/// (D. Price and others, "Pairwise Neural Network Classifiers with Probabilistic Outputs", NIPS 1994).
/// </summary>
public sealed class PairwiseCouplingTrainer
    : MetaMulticlassTrainer<MulticlassPredictionTransformer<PairwiseCouplingModelParameters>, PairwiseCouplingModelParameters>
{
    internal PairwiseCouplingTrainer(MLContext context, MetaSettings settings)
        : base(context, settings)
    {
    }

    public override MulticlassPredictionTransformer<PairwiseCouplingModelParameters> Fit(IDataView input)
    {
        var (tasks, labels) = Open(input);
        var models = new List<object>();
        for (int i = 0; i < labels.Count; i++)
            for (int j = 0; j <= i; j++)
                models.Add(i == j ? tasks.Train(calibrate: true, i) : tasks.Train(calibrate: true, i, j));
        return MulticlassPredictionTransformer<PairwiseCouplingModelParameters>.Of(new(labels.Count, [.. models]), tasks.Feature, labels);
    }
}
