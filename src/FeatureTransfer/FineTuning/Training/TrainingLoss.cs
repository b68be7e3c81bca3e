using FeatureTransfer.Onnx.Gradients;

namespace FeatureTransfer.FineTuning;

/// <summary>The loss of a task as a part of the graph.</summary>
internal static class TrainingLoss
{
    /// <summary>The loss that the options ask for.</summary>
    /// <param name="task">What is learned.</param>
    /// <param name="options">Smoothing and focus.</param>
    /// <param name="classWeights">The weight of each class; null: all the same.</param>
    public static LossOptions Of(FineTuneTask task, TrainingLossOptions options, float[]? classWeights) => task switch
    {
        FineTuneTask.Regression => new LossOptions { Kind = LossKind.MeanSquaredError },
        FineTuneTask.MultiLabel => new LossOptions { Kind = LossKind.BinaryCrossEntropy, LabelSmoothing = (float)options.LabelSmoothing },
        _ => new LossOptions
        {
            Kind = options.FocalGamma > 0 ? LossKind.Focal : LossKind.SoftmaxCrossEntropy,
            LabelSmoothing = (float)options.LabelSmoothing,
            FocalGamma = (float)options.FocalGamma,
            ClassWeights = classWeights,
        },
    };

    /// <summary>Refuses what a task cannot have.</summary>
    /// <exception cref="FeatureTransferException">An option needs classes of which each row has one.</exception>
    public static void Check(FineTuneTask task, TrainingLossOptions options)
    {
        if (task is FineTuneTask.MultiLabel or FineTuneTask.Regression && (options.FocalGamma > 0 || options.ClassWeights != ClassWeighting.None))
            throw new FeatureTransferException($"FineTune: the focal loss and class weights are for one class a row, and {task} is to be learned. Leave loss.focalGamma and loss.classWeights out.");
        if (task == FineTuneTask.Regression && options.LabelSmoothing > 0)
            throw new FeatureTransferException("FineTune: numbers have no probability to spread. Leave loss.labelSmoothing out.");
    }
}
