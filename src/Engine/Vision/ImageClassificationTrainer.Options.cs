using Microsoft.ML.Trainers;

namespace Microsoft.ML.Vision;

public sealed partial class ImageClassificationTrainer
{
    /// <summary>The networks that features may come from. Each is an ONNX file, looked for by its name.</summary>
    public enum Architecture
    {
        /// <summary><c>resnet_v2_101</c> (K. He et al., "Identity Mappings in Deep Residual Networks", 2016).</summary>
        ResnetV2101 = 0,

        /// <summary><c>inception_v3</c> (C. Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", 2016).</summary>
        InceptionV3 = 1,

        /// <summary><c>mobilenet_v2</c> (M. Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", 2018).</summary>
        MobilenetV2 = 2,

        /// <summary><c>resnet_v2_50</c>; see <see cref="ResnetV2101"/>.</summary>
        ResnetV250 = 3,
    }

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : TrainerInputBaseWithLabel
    {
        /// <summary>Rows a step.</summary>
        public int BatchSize = 10;

        /// <summary>The most passes over the rows.</summary>
        public int Epoch = 200;

        /// <summary>The rate where there is no <see cref="LearningRateScheduler"/>.</summary>
        public float LearningRate = 0.01f;

        /// <summary>When validation rows end training early; null is never.</summary>
        public EarlyStopping? EarlyStoppingCriteria = new();

        /// <summary>The network that the features come from.</summary>
        public Architecture Arch = Architecture.ResnetV250;

        public string ScoreColumnName = DefaultColumns.Score;

        public string PredictedLabelColumnName = DefaultColumns.PredictedLabel;

        /// <summary>The name of the trained network in <see cref="WorkspacePath"/> begins with this; the architecture's name follows.</summary>
        public string FinalModelPrefix = "custom_retrained_model_based_on_";

        /// <summary>Is told of every image and every epoch; null sends that to the log as traces.</summary>
        public Action<ImageClassificationMetrics>? MetricsCallback;

        /// <summary>Where the network's ONNX file is looked for first, and where bottleneck values and the trained network are written; null writes neither.</summary>
        public string? WorkspacePath;

        /// <summary>Whether the training rows are judged after every epoch too.</summary>
        public bool TestOnTrainSet = true;

        /// <summary>Whether bottleneck values of the training rows are taken from <see cref="WorkspacePath"/> where they fit.</summary>
        public bool ReuseTrainSetBottleneckCachedValues;

        /// <summary>Whether bottleneck values of the validation rows are taken from <see cref="WorkspacePath"/> where they fit.</summary>
        public bool ReuseValidationSetBottleneckCachedValues;

        /// <summary>The rows that validate; null splits off <see cref="ValidationSetFraction"/>.</summary>
        public IDataView? ValidationSet;

        /// <summary>The share of rows that are split off to validate where there is no <see cref="ValidationSet"/>; null is none.</summary>
        public float? ValidationSetFraction = 0.1f;

        public string TrainSetBottleneckCachedValuesFileName = "trainSetBottleneckFile.csv";

        public string ValidationSetBottleneckCachedValuesFileName = "validationSetBottleneckFile.csv";

        /// <summary>The rate of each batch; null is <see cref="LearningRate"/> for all.</summary>
        public LearningRateScheduler? LearningRateScheduler = new ExponentialLRDecay();

        public Options()
        {
        }

        internal void Verify()
        {
            Check.Param(BatchSize > 0, nameof(BatchSize), "Must be positive");
            Check.Param(Epoch > 0, nameof(Epoch), "Must be positive");
            Check.Param(LearningRate > 0 && float.IsFinite(LearningRate), nameof(LearningRate), "Must be positive");
            Check.Param(ValidationSetFraction is null or (> 0 and < 1), nameof(ValidationSetFraction), "Must be between 0 and 1, or null for no validation");
            Check.Param(Enum.IsDefined(Arch), nameof(Arch), $"{Arch} is no architecture");
            Check.Name(ScoreColumnName);
            Check.Name(PredictedLabelColumnName);
            Check.Name(TrainSetBottleneckCachedValuesFileName);
            Check.Name(ValidationSetBottleneckCachedValuesFileName);
            ArgumentNullException.ThrowIfNull(FinalModelPrefix);
            Check.Param(
                !Same(TrainSetBottleneckCachedValuesFileName, ValidationSetBottleneckCachedValuesFileName),
                nameof(ValidationSetBottleneckCachedValuesFileName),
                "Must differ from TrainSetBottleneckCachedValuesFileName");
        }

        private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
    }
}
