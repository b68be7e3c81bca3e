using Microsoft.ML.Transforms;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The steps from vectors of features to better ones.</summary>
internal static class FeatureKinds
{
    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Frozen(
            "NormalizeLpNorm",
            "Each row's vector to length 1",
            StepOptions.Column(() => new NormalizeLpNormStep { Output = "" })
                .Add("norm", new EnumFormat<LpNormNormalizingEstimatorBase.NormFunction>(), s => s.Norm, (s, v) => s with { Norm = v }, "The norm that measures the length")
                .Add("ensureZeroMean", StepOptions.Boolean, s => s.EnsureZeroMean, (s, v) => s with { EnsureZeroMean = v }, "Whether the row's mean is taken off first"),
            (s, build) => build.Context.Transforms.NormalizeLpNorm(s.Output, s.Input, s.Norm, s.EnsureZeroMean)),
        StepKind.Frozen(
            "NormalizeGlobalContrast",
            "Each row's vector to a common contrast",
            StepOptions.Column(() => new NormalizeGlobalContrastStep { Output = "" })
                .Add("ensureZeroMean", StepOptions.Boolean, s => s.EnsureZeroMean, (s, v) => s with { EnsureZeroMean = v }, "Whether the row's mean is taken off first")
                .Add("ensureUnitStandardDeviation", StepOptions.Boolean, s => s.EnsureUnitStandardDeviation, (s, v) => s with { EnsureUnitStandardDeviation = v }, "Whether the row is divided by its standard deviation, and not by its L2 norm")
                .Add("scale", new SingleFormat(), s => s.Scale, (s, v) => s with { Scale = v }, "The factor at the end"),
            (s, build) => build.Context.Transforms.NormalizeGlobalContrast(s.Output, s.Input, s.EnsureZeroMean, s.EnsureUnitStandardDeviation, s.Scale)),
        StepKind.Trained(
            "ProjectToPrincipalComponents",
            "Vectors to their first principal components, by random projection",
            StepOptions.Column(() => new ProjectToPrincipalComponentsStep { Output = "" })
                .Add("exampleWeightColumn", StepOptions.OptionalText, s => s.ExampleWeightColumn, (s, v) => s with { ExampleWeightColumn = v }, "The weights of the rows: numbers; null is the same weight for all")
                .Add("rank", StepOptions.Count, s => s.Rank, (s, v) => s with { Rank = v }, "The number of components")
                .Add("overSampling", new IntegerFormat(0, int.MaxValue), s => s.OverSampling, (s, v) => s with { OverSampling = v }, "How many more components are sought than kept, for precision")
                .Add("ensureZeroMean", StepOptions.Boolean, s => s.EnsureZeroMean, (s, v) => s with { EnsureZeroMean = v }, "Whether the mean is taken off first")
                .Add("seed", new OptionalValueFormat<int>(new IntegerFormat(int.MinValue, int.MaxValue)), s => s.Seed, (s, v) => s with { Seed = v }, "The seed of the projection; null is the pipeline's"),
            (s, build) => build.Context.Transforms.ProjectToPrincipalComponents(s.Output, s.Input, s.ExampleWeightColumn, s.Rank, s.OverSampling, s.EnsureZeroMean, s.Seed)),
        StepKind.Trained(
            "SelectFeaturesBasedOnCount",
            "The features that are present in enough rows",
            StepOptions.Column(() => new SelectFeaturesBasedOnCountStep { Output = "" })
                .Add("count", StepOptions.LongCount, s => s.Count, (s, v) => s with { Count = v }, "In how many rows a feature must be present"),
            (s, build) => build.Context.Transforms.FeatureSelection.SelectFeaturesBasedOnCount(s.Output, s.Input, s.Count)),
        StepKind.Trained(
            "SelectFeaturesBasedOnMutualInformation",
            "The features that tell most of the label",
            StepOptions.Column(() => new SelectFeaturesBasedOnMutualInformationStep { Output = "" })
                .Add("labelColumn", StepOptions.Text, s => s.LabelColumn, (s, v) => s with { LabelColumn = v }, "The label")
                .Add("slotsInOutput", StepOptions.Count, s => s.SlotsInOutput, (s, v) => s with { SlotsInOutput = v }, "How many features are kept")
                .Add("numberOfBins", new IntegerFormat(2, int.MaxValue), s => s.NumberOfBins, (s, v) => s with { NumberOfBins = v }, "The bins that numbers are counted in"),
            (s, build) => build.Context.Transforms.FeatureSelection.SelectFeaturesBasedOnMutualInformation(s.Output, s.Input, s.LabelColumn, s.SlotsInOutput, s.NumberOfBins)),
    ];
}
