namespace Microsoft.ML;

/// <summary>Steps bound to an input schema: the output schema, and which input columns which outputs need.</summary>
internal sealed class StepBinding
{
    private readonly (int Step, int Output)[] _sources;

    public StepBinding(DataViewSchema input, IReadOnlyList<MapStep> steps)
    {
        InputSchema = input;
        Steps = steps;
        // A column that takes the place of another lies right after it; the others lie at the end.
        var after = new List<(int Step, int Output)>[input.Count];
        var rest = new List<(int Step, int Output)>();
        for (int s = 0; s < steps.Count; s++)
            for (int o = 0; o < steps[s].Outputs.Count; o++)
                (input.GetColumnOrNull(steps[s].Outputs[o].Name) is { } old ? after[old.Index] ??= [] : rest).Add((s, o));
        var sources = new List<(int Step, int Output)>();
        for (int i = 0; i < input.Count; i++)
        {
            sources.Add((-1, i));
            sources.AddRange(after[i] ?? []);
        }
        sources.AddRange(rest);
        _sources = [.. sources];
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(_sources.Select(x => x.Step < 0 ? new(input[x.Output]) : steps[x.Step].Outputs[x.Output]));
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public IReadOnlyList<MapStep> Steps { get; }

    /// <summary>Where an output column comes from: an input column, or an output of a step.</summary>
    public (int Step, int Output) Source(int column) => _sources[column];

    /// <summary>The outputs wanted of each step; null where a step is not needed at all.</summary>
    public bool[]?[] ActiveOutputs(bool[] active)
    {
        var outputs = new bool[]?[Steps.Count];
        for (int i = 0; i < _sources.Length; i++)
            if (active[i] && _sources[i] is ( >= 0 and var step, var output))
                (outputs[step] ??= new bool[Steps[step].Outputs.Count])[output] = true;
        return outputs;
    }

    public bool[] ActiveInputs(bool[] active)
    {
        var inputs = new bool[InputSchema.Count];
        for (int i = 0; i < _sources.Length; i++)
            if (active[i] && _sources[i].Step < 0)
                inputs[_sources[i].Output] = true;
        var outputs = ActiveOutputs(active);
        for (int s = 0; s < outputs.Length; s++)
            if (outputs[s] is not null)
                foreach (int i in Steps[s].Inputs)
                    inputs[i] = true;
        return inputs;
    }
}
