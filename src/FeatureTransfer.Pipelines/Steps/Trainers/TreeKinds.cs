using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The models of decision trees.</summary>
internal static class TreeKinds
{
    public static IReadOnlyList<ITrainerKind> All { get; } =
    [
        new TrainerKind<FastTreeStep>(
            "FastTree",
            "Boosted decision trees",
            TreeOptionSets.Boosted(() => new FastTreeStep())
                .Add("unbalancedSets", StepOptions.Boolean, s => s.UnbalancedSets, (s, v) => s with { UnbalancedSets = v }, "Whether gradients are made for classes of unlike size; with two classes"))
            .Binary((MLContext ml, FastTreeBinaryTrainer.Options o) => ml.BinaryClassification.Trainers.FastTree(o))
            .Regression((MLContext ml, FastTreeRegressionTrainer.Options o) => ml.Regression.Trainers.FastTree(o)),
        new TrainerKind<FastForestStep>(
            "FastForest",
            "A random forest",
            TreeOptionSets.Trees(() => new FastForestStep())
                .Add("maximumOutputMagnitudePerTree", StepOptions.NotNegative, s => s.MaximumOutputMagnitudePerTree, (s, v) => s with { MaximumOutputMagnitudePerTree = v }, "The largest value of a leaf; with two classes")
                .Add("shuffleLabels", StepOptions.Boolean, s => s.ShuffleLabels, (s, v) => s with { ShuffleLabels = v }, "Whether each tree has the labels in another order; for regression"))
            .Binary((MLContext ml, FastForestBinaryTrainer.Options o) => ml.BinaryClassification.Trainers.FastForest(o))
            .Regression((MLContext ml, FastForestRegressionTrainer.Options o) => ml.Regression.Trainers.FastForest(o)),
        new TrainerKind<GamStep>("Gam", "A generalized additive model: one curve a feature", GamOptions.Set)
            .Binary((MLContext ml, GamBinaryTrainer.Options o) => ml.BinaryClassification.Trainers.Gam(o))
            .Regression((MLContext ml, GamRegressionTrainer.Options o) => ml.Regression.Trainers.Gam(o)),
        new TrainerKind<LightGbmStep>("LightGbm", "Boosted decision trees by LightGBM", LightGbmOptions.Set)
            .Multiclass((MLContext ml, LightGbmMulticlassTrainer.Options o) => ml.MulticlassClassification.Trainers.LightGbm(o))
            .Binary((MLContext ml, LightGbmBinaryTrainer.Options o) => ml.BinaryClassification.Trainers.LightGbm(o))
            .Regression((MLContext ml, LightGbmRegressionTrainer.Options o) => ml.Regression.Trainers.LightGbm(o)),
        new TrainerKind<FastTreeTweedieStep>(
            "FastTreeTweedie",
            "Boosted decision trees for amounts that are often 0",
            TreeOptionSets.Boosted(() => new FastTreeTweedieStep())
                .Add("index", new Binding.NumberFormat(1, 2), s => s.Index, (s, v) => s with { Index = v }, "The index of the Tweedie distribution: 1 is Poisson's, 2 is gamma"))
            .Regression((MLContext ml, FastTreeTweedieTrainer.Options o) => ml.Regression.Trainers.FastTreeTweedie(o)),
    ];
}
