using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Trains one model for each class, which tells it from all others.</summary>
public sealed class OneVersusAllTrainer
    : MetaMulticlassTrainer<MulticlassPredictionTransformer<OneVersusAllModelParameters>, OneVersusAllModelParameters>
{
    private readonly bool _useProbabilities;

    internal OneVersusAllTrainer(MLContext context, MetaSettings settings, bool useProbabilities)
        : base(context, settings)
    {
        _useProbabilities = useProbabilities;
    }

    public override MulticlassPredictionTransformer<OneVersusAllModelParameters> Fit(IDataView input)
    {
        var (tasks, labels) = Open(input);
        var models = new object[labels.Count];
        for (int k = 0; k < models.Length; k++)
            models[k] = tasks.Train(_useProbabilities, k);
        return MulticlassPredictionTransformer<OneVersusAllModelParameters>.Of(new(models, _useProbabilities), tasks.Feature, labels);
    }
}
