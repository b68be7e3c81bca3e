using FeatureTransfer.Heads;
using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The trainers for a handful of labels.</summary>
internal static class HeadKinds
{
    private const string CalibrateText = "Whether the decisions are divided by a temperature that is fitted on rows held out in turn, so that probabilities mean what they say";

    private static readonly NumberFormat _positive = new(0, double.PositiveInfinity, minimumExcluded: true);

    // What a trainer of labelled rows alone needs.
    private static readonly IReadOnlyList<ITrainerKind> _labelled =
    [
        new TrainerKind<KNearestNeighboursStep>("KNearestNeighbours", "The k nearest of the training rows vote (Cover and Hart 1967)", Head(() => new KNearestNeighboursStep())
                .Add("k", StepOptions.Count, s => s.K, (s, v) => s with { K = v }, "How many rows vote; all where there are fewer")
                .Add("metric", new EnumFormat<SimilarityMetric>(), s => s.Metric, (s, v) => s with { Metric = v }, "How distances are computed")
                .Add("weights", new EnumFormat<NeighbourWeights>(), s => s.Weights, (s, v) => s with { Weights = v }, "What a vote counts: 1, or the inverse of the distance"))
            .Multiclass((StepBuild build, KNearestNeighboursOptions o) => build.Context.MulticlassClassification.Trainers.KNearestNeighbours(o, build.Services)),
        new TrainerKind<NearestCentroidStep>("NearestCentroid", "A row belongs to the class whose mean is nearest (Snell and others 2017); hard to beat with one to four labels a class", Head(() => new NearestCentroidStep())
                .Add("metric", new EnumFormat<SimilarityMetric>(), s => s.Metric, (s, v) => s with { Metric = v }, "How distances are computed")
                .Add("calibrate", StepOptions.Boolean, s => s.Calibrate, (s, v) => s with { Calibrate = v }, CalibrateText))
            .Multiclass((StepBuild build, NearestCentroidOptions o) => build.Context.MulticlassClassification.Trainers.NearestCentroid(o, build.Services)),
        new TrainerKind<RidgeClassifierStep>("RidgeClassifier", "Penalised least squares, one class against the rest, in closed form (Rifkin and Klautau 2004)", Head(() => new RidgeClassifierStep())
                .Add("alpha", _positive, s => s.Alpha, (s, v) => s with { Alpha = v }, "The penalty: the sum of squared errors plus this times the sum of squared weights is minimised")
                .Add("calibrate", StepOptions.Boolean, s => s.Calibrate, (s, v) => s with { Calibrate = v }, CalibrateText))
            .Multiclass((StepBuild build, RidgeClassifierOptions o) => build.Context.MulticlassClassification.Trainers.RidgeClassifier(o, build.Services)),
        new TrainerKind<LinearSvcStep>("LinearSvc", "A linear support vector machine, one class against the rest, by dual coordinate descent (Hsieh and others 2008)", Head(() => new LinearSvcStep())
                .Add("c", _positive, s => s.C, (s, v) => s with { C = v }, "What errors cost: half the sum of squared weights plus this times the sum of losses is minimised")
                .Add("loss", new EnumFormat<MarginLoss>(), s => s.Loss, (s, v) => s with { Loss = v }, "The loss of a row within the margin")
                .Add("tolerance", _positive, s => s.Tolerance, (s, v) => s with { Tolerance = v }, "The largest violation of the optimality conditions that ends the descent")
                .Add("maximumNumberOfIterations", StepOptions.Count, s => s.MaximumNumberOfIterations, (s, v) => s with { MaximumNumberOfIterations = v }, "The most passes over the rows, of each class")
                .Add("calibrate", StepOptions.Boolean, s => s.Calibrate, (s, v) => s with { Calibrate = v }, CalibrateText))
            .Multiclass((StepBuild build, LinearSvcOptions o) => build.Context.MulticlassClassification.Trainers.LinearSvc(o, build.Services)),
        new TrainerKind<LinearProbeStep>("LinearProbe", "Multinomial logistic regression that chooses its own L2 regularization by cross-validation; for features of unit variance", Head(() => new LinearProbeStep())
                .Add("l2Regularizations", new ListFormat<double>(_positive, 1), s => s.L2Regularizations, (s, v) => s with { L2Regularizations = v }, "The grid: the sum of log-losses plus half of a value times the sum of squared weights is minimised")
                .Add("folds", new IntegerFormat(2, int.MaxValue), s => s.Folds, (s, v) => s with { Folds = v }, "How many parts of the rows judge in turn")
                .Add("tolerance", _positive, s => s.Tolerance, (s, v) => s with { Tolerance = v }, "The largest gradient, of the mean loss of a row, that ends a fit")
                .Add("maximumNumberOfIterations", StepOptions.Count, s => s.MaximumNumberOfIterations, (s, v) => s with { MaximumNumberOfIterations = v }, "The most iterations of a fit"))
            .Multiclass((StepBuild build, LinearProbeOptions o) => build.Context.MulticlassClassification.Trainers.LinearProbe(o, build.Services)),
    ];

    // Neighbours have no weighted sum to be sure by.
    private static readonly UnionFormat<HeadStep> _trainer = new("trainer", [.. _labelled.Where(kind => kind.Name != "KNearestNeighbours").Select(kind => new HeadCase(kind.Case))], defined: true);

    public static IReadOnlyList<ITrainerKind> All { get; } =
    [
        .. _labelled,
        new TrainerKind<TrAdaBoostStep>("TrAdaBoost", "Boosting for a target domain with few labels beside a source with many: rows of the source that are unlike the target lose their weight (Dai and others 2007)", Head(() => new TrAdaBoostStep())
                .Add("domainColumn", StepOptions.Text, s => s.DomainColumn, (s, v) => s with { DomainColumn = v }, "The domain: text")
                .Add("source", StepOptions.Text, s => s.Source, (s, v) => s with { Source = v }, "What the column says of the domain with many labels; rows of any other are the target's")
                .Add("rounds", StepOptions.Count, s => s.Rounds, (s, v) => s with { Rounds = v }, "How many rounds there are, of which the second half votes")
                .Add("alpha", _positive, s => s.Alpha, (s, v) => s with { Alpha = v }, "The penalty of each round's least squares"))
            .Multiclass((StepBuild build, TrAdaBoostOptions o) => build.Context.MulticlassClassification.Trainers.TrAdaBoost(o, build.Services)),
        new TrainerKind<SelfTrainingStep>("SelfTraining", "A trainer that also learns from rows with an empty label: those that it is sure of get its answer as their label, and it trains again (Yarowsky 1995; Lee 2013)", Head(() => new SelfTrainingStep())
                .Add("trainer", _trainer, s => s.Trainer, (s, v) => s with { Trainer = v }, "What is trained; its columns are this step's")
                .Add("threshold", new NumberFormat(0, 1, minimumExcluded: true), s => s.Threshold, (s, v) => s with { Threshold = v }, "The probability from which on an answer becomes a label")
                .Add("rounds", StepOptions.Count, s => s.Rounds, (s, v) => s with { Rounds = v }, "How often rows without a label get one, at most"))
            .Multiclass((StepBuild build, SelfTrainingOptions o) => build.Context.MulticlassClassification.Trainers.SelfTraining(o, build.Services)),
        new TrainerKind<LabelPropagationStep>("LabelPropagation", "Labels spread along nearest neighbours to rows with an empty label; all of these vote (Zhou and others 2004)", Head(() => new LabelPropagationStep())
                .Add("k", StepOptions.Count, s => s.K, (s, v) => s with { K = v }, "How many nearest rows a row is joined with, and how many vote")
                .Add("metric", new EnumFormat<SimilarityMetric>(), s => s.Metric, (s, v) => s with { Metric = v }, "How distances are computed")
                .Add("alpha", new NumberFormat(0, 1, minimumExcluded: true, maximumExcluded: true), s => s.Alpha, (s, v) => s with { Alpha = v }, "How much of a row's label comes of its neighbours; the rest is the label that it was given"))
            .Multiclass((StepBuild build, LabelPropagationOptions o) => build.Context.MulticlassClassification.Trainers.LabelPropagation(o, build.Services)),
    ];

    private static OptionSet<T> Head<T>(Func<T> create)
        where T : HeadStep => StepOptions.Trainer(create)
        .Add("logitsColumn", StepOptions.OptionalText, s => s.LogitsColumn, (s, v) => s with { LogitsColumn = v }, "A column that is added with the logits, whose softmax Score is; null is none");
}
