using FeatureTransfer.Adaptation;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The steps for data of two domains.</summary>
internal static class AdaptationKinds
{
    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Trained(
            "AdaptFeatures",
            "Maps the features of a source and a target domain so that what is trained on the one works on the other; it reads no labels",
            Domain(() => new AdaptFeaturesStep())
                .Add("output", StepOptions.Text, s => s.Output, (s, v) => s with { Output = v }, "The column that is added")
                .Add("method", new EnumFormat<AdaptationMethod>(), s => s.Method, (s, v) => s with { Method = v }, "standardize each domain; coral (Sun and others 2016); subspaceAlignment (Fernando and others 2013); tca (Pan and others 2011); optimalTransport (Courty and others 2017)")
                .Add("standardizeFirst", StepOptions.Boolean, s => s.StandardizeFirst, (s, v) => s with { StandardizeFirst = v }, "Whether features are standardized before another method looks at them")
                .Add("components", StepOptions.Count, s => s.Components, (s, v) => s with { Components = v }, "The length of the vectors of subspaceAlignment and tca")
                .Add("regularization", new OptionalValueFormat<double>(StepOptions.NotNegative), s => s.Regularization, (s, v) => s with { Regularization = v }, "coral and tca: a multiple of the mean variance; optimalTransport: the entropy as a multiple of the mean squared distance; null is 1, 1 and 0.05"),
            (s, build) => build.Context.Transforms.AdaptFeatures(
                new()
                {
                    FeatureColumnName = s.FeatureColumn,
                    DomainColumnName = s.DomainColumn,
                    Source = s.Source,
                    Target = s.Target,
                    MaximumRows = s.MaximumRows,
                    Seed = build.Seed ?? 1,
                    OutputColumnName = s.Output,
                    Method = s.Method,
                    StandardizeFirst = s.StandardizeFirst,
                    Components = s.Components,
                    Regularization = s.Regularization,
                },
                build.Services)),
        StepKind.Trained(
            "ImportanceWeights",
            "Weights of the training rows of a source domain: how much likelier they are in the target; a trainer takes them as exampleWeightColumn",
            Domain(() => new ImportanceWeightsStep())
                .Add("output", StepOptions.Text, s => s.Output, (s, v) => s with { Output = v }, "The column that is added; the model leaves it out")
                .Add("method", new EnumFormat<ImportanceMethod>(), s => s.Method, (s, v) => s with { Method = v }, "domainClassifier (Bickel and others 2007); kliep (Sugiyama and others 2008); kernelMeanMatching (Huang and others 2007)")
                .Add("maximumWeight", new NumberFormat(1, double.PositiveInfinity), s => s.MaximumWeight, (s, v) => s with { MaximumWeight = v }, "The largest weight"),
            (s, build) => build.Context.Transforms.ImportanceWeights(
                new()
                {
                    FeatureColumnName = s.FeatureColumn,
                    DomainColumnName = s.DomainColumn,
                    Source = s.Source,
                    Target = s.Target,
                    MaximumRows = s.MaximumRows,
                    Seed = build.Seed ?? 1,
                    OutputColumnName = s.Output,
                    Method = s.Method,
                    MaximumWeight = s.MaximumWeight,
                },
                build.Services)),
    ];

    private static OptionSet<T> Domain<T>(Func<T> create)
        where T : DomainStep => new OptionSet<T>(create)
        .Add("featureColumn", StepOptions.Text, s => s.FeatureColumn, (s, v) => s with { FeatureColumn = v }, "The features: a vector")
        .Add("domainColumn", StepOptions.Text, s => s.DomainColumn, (s, v) => s with { DomainColumn = v }, "The domain: text")
        .Add("source", StepOptions.Text, s => s.Source, (s, v) => s with { Source = v }, "What the column says of the domain with most labels")
        .Add("target", StepOptions.Text, s => s.Target, (s, v) => s with { Target = v }, "What the column says of the domain that the model is for; an empty value counts as it")
        .Add("maximumRows", new IntegerFormat(2, int.MaxValue), s => s.MaximumRows, (s, v) => s with { MaximumRows = v }, "The most rows of a domain for methods whose time grows with their square");
}
