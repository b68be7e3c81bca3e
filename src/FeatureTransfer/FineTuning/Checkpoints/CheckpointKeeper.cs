using Microsoft.Extensions.Logging;

namespace FeatureTransfer.FineTuning;

/// <summary>Saves checkpoints when it is time, and takes up a run from one.</summary>
/// <param name="options">When it is time.</param>
/// <param name="run">What a checkpoint has to fit.</param>
/// <param name="logger">Is told of a run that is taken up.</param>
/// <param name="clock">Tells how long saving takes.</param>
internal sealed class CheckpointKeeper(FineTuneOptions options, RunFingerprint run, ILogger logger, TimeProvider clock)
{
    private const string BestPrefix = "best/";
    private const string FrozenPrefix = "frozen/";
    private readonly CheckpointPace _pace = new(clock);

    /// <summary>The best weights of the stage that a checkpoint was made in; null before the first.</summary>
    public Dictionary<string, float[]>? Best { get; set; }

    /// <summary>The weights that the head's stage ended with; null before its end.</summary>
    public Dictionary<string, float[]>? Frozen { get; set; }

    /// <summary>Takes up a run where a checkpoint left it; without one it begins anew.</summary>
    /// <param name="parameters">Take the weights, their averages, and what the optimizer remembers.</param>
    /// <exception cref="FeatureTransferException">The checkpoint is of other options, rows or another network; the message says what differs.</exception>
    public TuningState Resume(ParameterSet parameters)
    {
        if (options.Checkpoint is not { Resume: true, Path: { } path } || !File.Exists(path))
            return new TuningState();
        var (header, arrays) = CheckpointFile.Read(path);
        run.Check(path, header);
        foreach (var parameter in parameters.All)
            Restore(parameter, header, arrays);
        (Best, Frozen) = (Part(arrays, BestPrefix), Part(arrays, FrozenPrefix));
        logger.LogInformation("Fine-tuning goes on from {Path}: stage {Stage}, epoch {Epoch}, batch {Batch}.", path, header.State.Stage, header.State.Epoch + 1, header.State.Batch);
        return header.State;
    }

    /// <summary>Saves after a step, where the options ask for it.</summary>
    public void AfterStep(TuningState state, ParameterSet parameters, Dictionary<string, float[]>? best)
    {
        if (options.Checkpoint is { Path: { } path, EverySteps: > 0 and var steps } && state.Steps % steps == 0)
            Save(path, state, parameters, Arrays(parameters, best));
    }

    /// <summary>Saves after an epoch, where the options ask for it or it costs little.</summary>
    public void AfterEpoch(TuningState state, ParameterSet parameters, Dictionary<string, float[]>? best, bool last)
    {
        if (options.Checkpoint is not { Path: { } path, EveryEpochs: var epochs })
            return;
        var arrays = Arrays(parameters, best);
        if (epochs == 0 ? _pace.CostsLittle(Length(arrays)) : last || state.Epoch % epochs == 0)
            Save(path, state, parameters, arrays);
    }

    private static double Length(List<(string Name, float[] Values)> arrays) => arrays.Sum(array => (double)sizeof(float) * array.Values.Length);

    private List<(string Name, float[] Values)> Arrays(ParameterSet parameters, Dictionary<string, float[]>? best)
    {
        var arrays = new List<(string Name, float[] Values)>();
        foreach (var parameter in parameters.All.Where(parameter => parameter.Steps > 0 || Frozen?.ContainsKey(parameter.Name) == true))
        {
            arrays.Add(($"value/{parameter.Name}", parameter.Values));
            if (parameter.Average is { } average)
                arrays.Add(($"average/{parameter.Name}", average));
            arrays.AddRange(parameter.State.Select((values, i) => (StateName(parameter, i), values)));
        }

        arrays.AddRange((best ?? []).Select(pair => (BestPrefix + pair.Key, pair.Value)));
        arrays.AddRange((Frozen ?? []).Select(pair => (FrozenPrefix + pair.Key, pair.Value)));
        return arrays;
    }

    private void Save(string path, TuningState state, ParameterSet parameters, List<(string Name, float[] Values)> arrays)
    {
        var header = run.Header(state, parameters.All.ToDictionary(parameter => parameter.Name, parameter => parameter.Steps), [.. arrays.Select(array => new CheckpointArray(array.Name, array.Values.Length))]);
        _pace.Save(Length(arrays), () => CheckpointFile.Write(path, header, [.. arrays.Select(array => array.Values)]));
    }

    private static void Restore(Parameter parameter, CheckpointHeader header, Dictionary<string, float[]> arrays)
    {
        // What has not learned yet is as it was.
        if (!arrays.TryGetValue($"value/{parameter.Name}", out var learned))
            return;
        learned.CopyTo(parameter.Values, 0);
        parameter.Average = arrays.GetValueOrDefault($"average/{parameter.Name}");
        parameter.Steps = header.Steps[parameter.Name];
        var state = new List<float[]>();
        while (arrays.TryGetValue(StateName(parameter, state.Count), out var values))
            state.Add(values);
        parameter.State = [.. state];
    }

    private static string StateName(Parameter parameter, int index) => string.Create(CultureInfo.InvariantCulture, $"state{index}/{parameter.Name}");

    private static Dictionary<string, float[]>? Part(Dictionary<string, float[]> arrays, string prefix)
    {
        var part = arrays.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value, StringComparer.Ordinal);
        return part.Count > 0 ? part : null;
    }
}
