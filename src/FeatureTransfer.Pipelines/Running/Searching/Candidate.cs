namespace FeatureTransfer.Pipelines.Running;

/// <summary>One choice of all options of a search.</summary>
/// <param name="Values">What was chosen, in the order in which it is put in; options that the chosen steps do not have are left out.</param>
/// <param name="Definition">The plain pipeline; null where there are faults.</param>
/// <param name="Faults">What is wrong with its form.</param>
internal sealed record Candidate(IReadOnlyList<SpaceValue> Values, PipelineDefinition? Definition, IReadOnlyList<PipelineFault> Faults)
{
    /// <summary>Its number, from 1, in the order in which candidates were drawn.</summary>
    public int Number { get; init; }

    /// <summary>What tells it from others.</summary>
    public string Key => string.Join('\n', Values.Select(value => $"{value.Option.Option.Path}={value.Json}"));

    public override string ToString() => string.Join(", ", Values.Select(value => $"{value.Option.Option.Path} = {value.Json}"));
}
