namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The classifiers that ML.NET has no option classes for: those made of others, and naive Bayes.</summary>
internal static class MetaKinds
{
    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Trainer(
            "NaiveBayes",
            "Naive Bayes over whether features are above 0",
            StepOptions.Trainer(() => new NaiveBayesStep()),
            (s, build) => build.Context.MulticlassClassification.Trainers.NaiveBayes(s.LabelColumn, s.FeatureColumn),
            PipelineTask.Multiclass),
        StepKind.Trainer(
            "OneVersusAll",
            "One classifier a class, against all others",
            Meta(() => new OneVersusAllStep { BinaryEstimator = new LbfgsLogisticRegressionStep() })
                .Add("useProbabilities", StepOptions.Boolean, s => s.UseProbabilities, (s, v) => s with { UseProbabilities = v }, "Whether the classifiers' probabilities are compared, and not their scores"),
            (s, build) => BinaryKinds.SourceOf(s).OneVersusAll(s, (TrainerStep)s.BinaryEstimator, build),
            PipelineTask.Multiclass),
        StepKind.Trainer(
            "PairwiseCoupling",
            "One classifier a pair of classes",
            Meta(() => new PairwiseCouplingStep { BinaryEstimator = new LbfgsLogisticRegressionStep() }),
            (s, build) => BinaryKinds.SourceOf(s).PairwiseCoupling(s, (TrainerStep)s.BinaryEstimator, build),
            PipelineTask.Multiclass),
        StepKind.Trainer(
            "Prior",
            "The share of the rows that are true, for every row: what any other trainer must beat",
            StepOptions.Label(() => new PriorStep())
                .Add("exampleWeightColumn", StepOptions.OptionalText, s => s.ExampleWeightColumn, (s, v) => s with { ExampleWeightColumn = v }, StepOptions.WeightText),
            (s, build) => build.Context.BinaryClassification.Trainers.Prior(s.LabelColumn, s.ExampleWeightColumn),
            PipelineTask.Binary),
    ];

    private static OptionSet<T> Meta<T>(Func<T> create)
        where T : MetaTrainerStep => new OptionSet<T>(create)
        .Add("binaryEstimator", BinaryKinds.Format, s => s.BinaryEstimator, (s, v) => s with { BinaryEstimator = v }, "The classifier of two classes, with its options; its label column is this step's", required: true)
        .Add("labelColumn", StepOptions.Text, s => s.LabelColumn, (s, v) => s with { LabelColumn = v }, "The label: a key")
        .Add("imputeMissingLabelsAsNegative", StepOptions.Boolean, s => s.ImputeMissingLabelsAsNegative, (s, v) => s with { ImputeMissingLabelsAsNegative = v }, "Whether rows without label count as of the other class")
        .Add("maximumCalibrationExampleCount", StepOptions.Count, s => s.MaximumCalibrationExampleCount, (s, v) => s with { MaximumCalibrationExampleCount = v }, "The most rows that scores are calibrated with");
}
