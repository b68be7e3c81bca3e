using Microsoft.Extensions.Logging;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using static Microsoft.ML.Vision.ImageClassificationTrainer;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Makes the chain of <see cref="ImageClassificationStep"/>: files to bytes, and the trainer.</summary>
internal static class ImageClassificationBuild
{
    // ML.NET's variable for the folder of an image trainer's networks; the embedded engine takes it as a setting of the program too.
    private const string FolderVariable = "MICROSOFTML_RESOURCE_PATH";

    private const string Bytes = "ImageClassification.Bytes";

    public static IEstimator<ITransformer> Create(ImageClassificationStep step, StepBuild build)
    {
        Bring(step.Arch, build.Services);
        return new EstimatorChain<ITransformer>()
            .Append(build.Context.Transforms.LoadRawImageBytes(Bytes, null, step.Input))
            .Append(build.Context.MulticlassClassification.Trainers.ImageClassification(Options(step, build)));
    }

    // Those that a package brings are made ready, so that a pipeline runs on a fresh machine.
    private static void Bring(Architecture architecture, FeatureTransferServices services)
    {
        var id = architecture switch
        {
            Architecture.MobilenetV2 => "mobilenet_v2.nsfwjs",
            Architecture.InceptionV3 => "inception_v3.nsfwjs",
            _ => null,
        };
        if (id is null || services.Catalog.Cards.FirstOrDefault(card => card.Id == id) is not { } found)
            return;
        var backbone = services.Backbones.Open(found, services.Cancellation);
        AppContext.SetData(FolderVariable, Path.GetDirectoryName(backbone.OnnxPath));
    }

    private static Options Options(ImageClassificationStep step, StepBuild build) => new()
    {
        FeatureColumnName = Bytes,
        LabelColumnName = step.LabelColumn,
        Arch = step.Arch,
        Epoch = step.Epoch,
        BatchSize = step.BatchSize,
        LearningRate = step.LearningRate,
        LearningRateScheduler = step.LearningRateScheduler is { } decay ? Scheduler(decay) : null,
        EarlyStoppingCriteria = step.EarlyStoppingCriteria is { } patience ? new EarlyStopping(patience.MinDelta, patience.Epochs, patience.Metric) : null,
        ValidationSetFraction = step.ValidationSetFraction,
        TestOnTrainSet = step.TestOnTrainSet,
        WorkspacePath = build.ResolvePath(step.WorkspacePath),
        FinalModelPrefix = step.FinalModelPrefix,
        ReuseTrainSetBottleneckCachedValues = step.ReuseTrainSetBottleneckCachedValues,
        ReuseValidationSetBottleneckCachedValues = step.ReuseValidationSetBottleneckCachedValues,
        TrainSetBottleneckCachedValuesFileName = step.TrainSetBottleneckCachedValuesFileName,
        ValidationSetBottleneckCachedValuesFileName = step.ValidationSetBottleneckCachedValuesFileName,
        MetricsCallback = metrics => Tell(metrics, step.Epoch, build.Services),
    };

    private static LearningRateScheduler Scheduler(LearningRateDecay decay) => decay.Kind switch
    {
        LearningRateDecayKind.Polynomial => new PolynomialLRDecay(decay.LearningRate, decay.NumEpochsPerDecay, decay.EndLearningRate, decay.Power, decay.Cycle),
        LearningRateDecayKind.LinearScaling => new LsrDecay(decay.LearningRate),
        _ => new ExponentialLRDecay(decay.LearningRate, decay.NumEpochsPerDecay, decay.DecayRate, decay.Staircase),
    };

    private static void Tell(ImageClassificationMetrics metrics, int epochs, FeatureTransferServices services)
    {
        services.Cancellation.ThrowIfCancellationRequested();
        services.Logger.LogDebug("{Metrics}", metrics);
        if (metrics.Bottleneck is { } image)
            services.Progress?.Report(new WorkProgress("Computing features", image.Index, null));
        else if (metrics.Train is { } epoch)
            services.Progress?.Report(new WorkProgress("Training", epoch.Epoch + 1, epochs));
    }
}
