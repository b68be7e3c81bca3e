namespace FeatureTransfer.Pipelines.Steps;

/// <summary>What linear models minimise, in JSON: the type is the name of ML.NET's class.</summary>
internal static class LossFormats
{
    public static OptionalFormat<ClassificationLossOptions> Classification { get; } = new(new UnionFormat<ClassificationLossOptions>("loss",
    [
        new UnionCase<ClassificationLossOptions, LogLossOptions>("LogLoss", "The logistic loss", new OptionSet<LogLossOptions>(() => new LogLossOptions())),
        new UnionCase<ClassificationLossOptions, HingeLossOptions>("HingeLoss", "The hinge loss, of support vector machines", new OptionSet<HingeLossOptions>(() => new HingeLossOptions())
            .Add("margin", StepOptions.Penalty, l => l.Margin, (l, v) => l with { Margin = v }, "The score from which on a row costs nothing")),
        new UnionCase<ClassificationLossOptions, SmoothedHingeLossOptions>("SmoothedHingeLoss", "The hinge loss with a round corner", new OptionSet<SmoothedHingeLossOptions>(() => new SmoothedHingeLossOptions())
            .Add("smoothingConstant", StepOptions.Penalty, l => l.SmoothingConstant, (l, v) => l with { SmoothingConstant = v }, "How wide the corner is; 0 is the hinge loss")),
    ]));

    public static OptionalFormat<RegressionLossOptions> Regression { get; } = new(new UnionFormat<RegressionLossOptions>("loss",
    [
        new UnionCase<RegressionLossOptions, SquaredLossOptions>("SquaredLoss", "The square of the error", new OptionSet<SquaredLossOptions>(() => new SquaredLossOptions())),
        new UnionCase<RegressionLossOptions, PoissonLossOptions>("PoissonLoss", "The loss of counts", new OptionSet<PoissonLossOptions>(() => new PoissonLossOptions())),
        new UnionCase<RegressionLossOptions, TweedieLossOptions>("TweedieLoss", "The loss of amounts that are often 0", new OptionSet<TweedieLossOptions>(() => new TweedieLossOptions())
            .Add("index", new NumberFormat(1, 2), l => l.Index, (l, v) => l with { Index = v }, "The index of the Tweedie distribution: 1 is Poisson's, 2 is gamma")),
    ]));
}
