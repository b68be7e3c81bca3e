namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The options of the support vector machines.</summary>
internal static class SvmOptions
{
    public static OptionSet<LinearSvmStep> Linear { get; } = StepOptions.WeightedTrainer(() => new LinearSvmStep())
        .Add("numberOfIterations", StepOptions.Count, s => s.NumberOfIterations, (s, v) => s with { NumberOfIterations = v }, StepOptions.PassesText)
        .Add("lambda", StepOptions.Penalty, s => s.Lambda, (s, v) => s with { Lambda = v }, "The weight of the penalty")
        .Add("batchSize", StepOptions.Count, s => s.BatchSize, (s, v) => s with { BatchSize = v }, "The rows of a step")
        .Add("performProjection", StepOptions.Boolean, s => s.PerformProjection, (s, v) => s with { PerformProjection = v }, "Whether the weights are projected onto the ball in which the best ones lie")
        .Add("noBias", StepOptions.Boolean, s => s.NoBias, (s, v) => s with { NoBias = v }, "Whether there is no bias")
        .Add("initialWeightsDiameter", StepOptions.Penalty, s => s.InitialWeightsDiameter, (s, v) => s with { InitialWeightsDiameter = v }, StepOptions.DiameterText)
        .Add("shuffle", StepOptions.Boolean, s => s.Shuffle, (s, v) => s with { Shuffle = v }, StepOptions.ShuffleText);

    public static OptionSet<LdSvmStep> LocallyDeep { get; } = StepOptions.WeightedTrainer(() => new LdSvmStep())
        .Add("numberOfIterations", StepOptions.Count, s => s.NumberOfIterations, (s, v) => s with { NumberOfIterations = v }, "The steps")
        .Add("treeDepth", StepOptions.Count, s => s.TreeDepth, (s, v) => s with { TreeDepth = v }, "The depth of the tree")
        .Add("lambdaW", StepOptions.Penalty, s => s.LambdaW, (s, v) => s with { LambdaW = v }, "The weight of the penalty on the classifiers")
        .Add("lambdaTheta", StepOptions.Penalty, s => s.LambdaTheta, (s, v) => s with { LambdaTheta = v }, "The weight of the penalty on the tree's splits")
        .Add("lambdaThetaprime", StepOptions.Penalty, s => s.LambdaThetaprime, (s, v) => s with { LambdaThetaprime = v }, "The weight of the penalty on the classifiers' gates")
        .Add("sigma", StepOptions.Penalty, s => s.Sigma, (s, v) => s with { Sigma = v }, "How sharp the gates are")
        .Add("useBias", StepOptions.Boolean, s => s.UseBias, (s, v) => s with { UseBias = v }, "Whether there is a bias")
        .Add("cache", StepOptions.Boolean, s => s.Cache, (s, v) => s with { Cache = v }, "Whether the rows are held in memory");
}
