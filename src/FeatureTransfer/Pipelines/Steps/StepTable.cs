using FeatureTransfer.Extraction;
using FeatureTransfer.Graphs;
using FeatureTransfer.Pipelines.Binding;
using Microsoft.ML;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>What is known about one kind of step.</summary>
/// <param name="Name">Its name in JSON, which is ML.NET's.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Trains">Whether it learns from the rows; steps that do not, and come first, run once for all splits.</param>
/// <param name="Options">Its options.</param>
public sealed record StepInfo(string Name, string Summary, bool Trains, IReadOnlyList<OptionInfo> Options);

/// <summary>The steps that a pipeline may have. Reading, writing, the schema and the runner all ask this one table.</summary>
public static class StepTable
{
    private static readonly TextFormat _text = new();
    private static readonly OptionalFormat<string> _optionalText = new(_text);
    private static readonly ListFormat<string> _names = new(_text, 1);

    private static readonly IReadOnlyList<IStepKind> _kinds =
    [
        Kind("ExtractFeatures", "Features of a frozen ONNX backbone, tapped at any layers", trains: false,
            new OptionSet<ExtractFeaturesStep>(() => new ExtractFeaturesStep { Backbone = "" })
                .Add("output", _text, s => s.Output, (s, v) => s with { Output = v }, "The column that is added")
                .Add("input", _text, s => s.Input, (s, v) => s with { Input = v }, "The column that is read: a path, or an encoded image")
                .Add("backbone", _text, s => s.Backbone, (s, v) => s with { Backbone = v }, "An id of the catalogue (ft models list), or the path of a card or an ONNX file", required: true)
                .Add("layers", new ListFormat<string>(_text), s => s.Layers, (s, v) => s with { Layers = v }, "The layers to tap, aliases or tensors; empty is the card's default")
                .Add("pooling", new OptionalValueFormat<Pooling>(new EnumFormat<Pooling>()), s => s.Pooling, (s, v) => s with { Pooling = v }, "How a layer becomes a vector; null is the card's default")
                .Add("recipe", RecipeFormat.Instance, s => s.Recipe, (s, v) => s with { Recipe = v }, "What changes in the card's image recipe")
                .Add("batchSize", new IntegerFormat(1, 1024), s => s.BatchSize, (s, v) => s with { BatchSize = v }, "Images a batch")
                .Add("useCache", new BooleanFormat(), s => s.UseCache, (s, v) => s with { UseCache = v }, "Whether features come from and go to the cache"),
            (s, build) => build.Context.Transforms.ExtractFeatures(
                new ExtractFeaturesOptions
                {
                    OutputColumnName = s.Output,
                    InputColumnName = s.Input,
                    Backbone = build.ResolveBackbone(s.Backbone),
                    Layers = s.Layers.Count > 0 ? s.Layers : null,
                    Pooling = s.Pooling,
                    Recipe = build.RecipeOf(s),
                    BatchSize = s.BatchSize,
                    UseCache = s.UseCache,
                },
                build.Services)),
        Kind("CopyColumns", "A copy of a column", trains: false,
            new OptionSet<CopyColumnsStep>(() => new CopyColumnsStep { Output = "", Input = "" })
                .Add("output", _text, s => s.Output, (s, v) => s with { Output = v }, "The column that is added", required: true)
                .Add("input", _text, s => s.Input, (s, v) => s with { Input = v }, "The column that is read", required: true),
            (s, build) => build.Context.Transforms.CopyColumns(s.Output, s.Input)),
        Kind("Concatenate", "Several columns as one vector", trains: false,
            new OptionSet<ConcatenateStep>(() => new ConcatenateStep { Output = "", Inputs = [] })
                .Add("output", _text, s => s.Output, (s, v) => s with { Output = v }, "The column that is added", required: true)
                .Add("inputs", _names, s => s.Inputs, (s, v) => s with { Inputs = v }, "The columns that are joined, in order", required: true),
            (s, build) => build.Context.Transforms.Concatenate(s.Output, [.. s.Inputs])),
        Kind("DropColumns", "Leaves columns out from here on", trains: false,
            new OptionSet<DropColumnsStep>(() => new DropColumnsStep { Columns = [] })
                .Add("columns", _names, s => s.Columns, (s, v) => s with { Columns = v }, "The columns", required: true),
            (s, build) => build.Context.Transforms.DropColumns([.. s.Columns])),
        Kind("MapValueToKey", "Values, such as labels, to keys", trains: true,
            new OptionSet<MapValueToKeyStep>(() => new MapValueToKeyStep { Output = "" })
                .Add("output", _text, s => s.Output, (s, v) => s with { Output = v }, "The column that is added", required: true)
                .Add("input", _optionalText, s => s.Input, (s, v) => s with { Input = v }, "The column that is read; null is the output's name"),
            (s, build) => build.Context.Transforms.Conversion.MapValueToKey(s.Output, s.Input)),
        Kind("MapKeyToValue", "Keys back to values", trains: true,
            new OptionSet<MapKeyToValueStep>(() => new MapKeyToValueStep { Output = "" })
                .Add("output", _text, s => s.Output, (s, v) => s with { Output = v }, "The column that is added", required: true)
                .Add("input", _optionalText, s => s.Input, (s, v) => s with { Input = v }, "The column that is read; null is the output's name"),
            (s, build) => build.Context.Transforms.Conversion.MapKeyToValue(s.Output, s.Input)),
        Kind("NormalizeMeanVariance", "Each feature to mean 0 and variance 1", trains: true,
            new OptionSet<NormalizeMeanVarianceStep>(() => new NormalizeMeanVarianceStep { Output = "" })
                .Add("output", _text, s => s.Output, (s, v) => s with { Output = v }, "The column that is added", required: true)
                .Add("input", _optionalText, s => s.Input, (s, v) => s with { Input = v }, "The column that is read; null is the output's name")
                .Add("fixZero", new BooleanFormat(), s => s.FixZero, (s, v) => s with { FixZero = v }, "Whether 0 stays 0, so that only the scale changes"),
            (s, build) => build.Context.Transforms.NormalizeMeanVariance(s.Output, s.Input, fixZero: s.FixZero)),
        Kind("NormalizeMinMax", "Each feature to the range 0 to 1", trains: true,
            new OptionSet<NormalizeMinMaxStep>(() => new NormalizeMinMaxStep { Output = "" })
                .Add("output", _text, s => s.Output, (s, v) => s with { Output = v }, "The column that is added", required: true)
                .Add("input", _optionalText, s => s.Input, (s, v) => s with { Input = v }, "The column that is read; null is the output's name")
                .Add("fixZero", new BooleanFormat(), s => s.FixZero, (s, v) => s with { FixZero = v }, "Whether 0 stays 0, so that only the scale changes"),
            (s, build) => build.Context.Transforms.NormalizeMinMax(s.Output, s.Input, fixZero: s.FixZero)),
        Kind("LbfgsMaximumEntropy", "Multinomial logistic regression", trains: true,
            new OptionSet<LbfgsMaximumEntropyStep>(() => new LbfgsMaximumEntropyStep())
                .Add("labelColumn", _text, s => s.LabelColumn, (s, v) => s with { LabelColumn = v }, "The label: a key")
                .Add("featureColumn", _text, s => s.FeatureColumn, (s, v) => s with { FeatureColumn = v }, "The features: a vector")
                .Add("l1Regularization", new SingleFormat(0), s => s.L1Regularization, (s, v) => s with { L1Regularization = v }, "The weight of the L1 penalty")
                .Add("l2Regularization", new SingleFormat(0), s => s.L2Regularization, (s, v) => s with { L2Regularization = v }, "The weight of the L2 penalty")
                .Add("optimizationTolerance", new SingleFormat(0), s => s.OptimizationTolerance, (s, v) => s with { OptimizationTolerance = v }, "The change of the loss at which training ends")
                .Add("historySize", new IntegerFormat(1, 1000), s => s.HistorySize, (s, v) => s with { HistorySize = v }, "How many steps L-BFGS remembers")
                .Add("enforceNonNegativity", new BooleanFormat(), s => s.EnforceNonNegativity, (s, v) => s with { EnforceNonNegativity = v }, "Whether weights stay at 0 or above"),
            (s, build) => build.Context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
                s.LabelColumn, s.FeatureColumn, null, s.L1Regularization, s.L2Regularization, s.OptimizationTolerance, s.HistorySize, s.EnforceNonNegativity)),
    ];

    /// <summary>All steps, described.</summary>
    public static IReadOnlyList<StepInfo> All => [.. _kinds.Select(kind => kind.Info)];

    internal static ValueFormat<PipelineStep> Format { get; } = new UnionFormat<PipelineStep>("estimator", [.. _kinds.Select(kind => kind.Case)]);

    /// <summary>Whether a step learns from the rows.</summary>
    /// <param name="step">The step.</param>
    public static bool Trains(PipelineStep step) => KindOf(step).Info.Trains;

    /// <summary>The name of a step.</summary>
    /// <param name="step">The step.</param>
    public static string NameOf(PipelineStep step) => KindOf(step).Info.Name;

    internal static IEstimator<ITransformer> Create(PipelineStep step, StepBuild build) => KindOf(step).Create(step, build);

    private static IStepKind KindOf(PipelineStep step) =>
        _kinds.FirstOrDefault(kind => kind.Case.Holds(step))
        ?? throw new FeatureTransferException($"The step {step.GetType().Name} is not in the table; known are {string.Join(", ", _kinds.Select(kind => kind.Info.Name))}.");

    private static StepKind<T> Kind<T>(string name, string summary, bool trains, OptionSet<T> options, Func<T, StepBuild, IEstimator<ITransformer>> create)
        where T : PipelineStep => new(name, summary, trains, options, create);
}
