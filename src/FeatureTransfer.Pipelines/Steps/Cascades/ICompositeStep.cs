namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A trainer made of whole chains of steps, each of which ends in a trainer of several classes.</summary>
internal interface ICompositeStep
{
    /// <summary>The label that all of them learn: a key.</summary>
    string LabelColumn { get; }

    /// <summary>Rows of one value of this column stay together; null: each row is its own group.</summary>
    string? GroupColumn { get; }

    /// <summary>The chains.</summary>
    IReadOnlyList<NestedSteps> Chains { get; }

    /// <summary>The same with other chains.</summary>
    PipelineStep With(Func<ValueList<PipelineStep>, ValueList<PipelineStep>> change);
}

/// <summary>A chain within a step.</summary>
/// <param name="Name">Where it is in the step's JSON, such as <c>models[0]</c>.</param>
/// <param name="Steps">Its steps.</param>
internal sealed record NestedSteps(string Name, ValueList<PipelineStep> Steps);

/// <summary>A step and where it is, such as <c>$.estimators[1].cheap[0]</c>.</summary>
internal sealed record PlacedStep(string Place, PipelineStep Step);

/// <summary>Walks chains, and the chains within their steps.</summary>
internal static class StepTree
{
    /// <summary>Where the chain of a pipeline is.</summary>
    public const string Root = "$.estimators";

    /// <summary>All steps; those within a step come behind it.</summary>
    public static IEnumerable<PipelineStep> Flatten(this IEnumerable<PipelineStep> steps) => steps.Placed(Root).Select(placed => placed.Step);

    /// <summary>All steps with their places; those within a step come behind it.</summary>
    /// <param name="steps">A chain.</param>
    /// <param name="place">Where it is.</param>
    public static IEnumerable<PlacedStep> Placed(this IEnumerable<PipelineStep> steps, string place) => steps.SelectMany((step, i) => Placed(step, Item(place, i)));

    /// <summary>The place of a step of a chain.</summary>
    public static string Item(string place, int step) => string.Create(CultureInfo.InvariantCulture, $"{place}[{step}]");

    private static IEnumerable<PlacedStep> Placed(PipelineStep step, string place) => step is ICompositeStep composite
        ? [new(place, step), .. composite.Chains.SelectMany(chain => chain.Steps.Placed($"{place}.{chain.Name}"))]
        : [new(place, step)];
}
