namespace Microsoft.ML;

/// <summary>Steps bound to an input schema: the output schema, and which input columns which outputs need.</summary>
internal sealed class StepBinding
{
    private readonly (int Step, int Output)[] _added;

    public StepBinding(DataViewSchema input, IReadOnlyList<MapStep> steps)
    {
        InputSchema = input;
        Steps = steps;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        var added = new List<(int, int)>();
        for (int s = 0; s < steps.Count; s++)
        {
            builder.AddColumns(steps[s].Outputs);
            for (int o = 0; o < steps[s].Outputs.Count; o++)
                added.Add((s, o));
        }
        _added = [.. added];
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public IReadOnlyList<MapStep> Steps { get; }

    /// <summary>Where an output column comes from: an input column, or an output of a step.</summary>
    public (int Step, int Output) Source(int column) =>
        column < InputSchema.Count ? (-1, column) : _added[column - InputSchema.Count];

    /// <summary>The outputs wanted of each step; null where a step is not needed at all.</summary>
    public bool[]?[] ActiveOutputs(bool[] active)
    {
        var outputs = new bool[]?[Steps.Count];
        for (int i = 0; i < _added.Length; i++)
            if (active[InputSchema.Count + i])
                (outputs[_added[i].Step] ??= new bool[Steps[_added[i].Step].Outputs.Count])[_added[i].Output] = true;
        return outputs;
    }

    public bool[] ActiveInputs(bool[] active)
    {
        var inputs = active[..InputSchema.Count];
        var outputs = ActiveOutputs(active);
        for (int s = 0; s < outputs.Length; s++)
            if (outputs[s] is not null)
                foreach (int i in Steps[s].Inputs)
                    inputs[i] = true;
        return inputs;
    }
}
