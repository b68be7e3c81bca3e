using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Advising;

/// <summary>The rounds: after each the better candidates go on, on more rows.</summary>
internal sealed class Race(PipelineDefinition definition, AdviceOptions options, Probe probe, TrainingRows rows, StepBuild build)
{
    // So few may be compared in the last round.
    private const int Finalists = 3;

    /// <summary>The rows of the last round.</summary>
    public int Rows { get; private set; }

    /// <summary>Runs them, and gives how each candidate did in its last round.</summary>
    public IReadOnlyList<AdvisedLayers> Run(IReadOnlyList<BackboneTrial> trials, ExtractFeaturesStep step, int first)
    {
        var judged = new Dictionary<LayerFeatures, AdvisedLayers>();
        var most = Math.Min(rows.Count, options.MaxRows);
        for (var (round, from, to) = (1, 0, Math.Min(first, most)); ; (round, from, to) = (round + 1, to, Math.Min(to * options.Reduction, most)))
        {
            foreach (var trial in trials)
            {
                trial.Extend(rows, from, to, build);
                foreach (var layers in trial.Layers)
                    judged[layers] = probe.Judge(layers, step, to, round, trial.SizeInBytes);
            }

            Rows = to;
            var left = trials.Sum(trial => trial.Layers.Count);
            build.Services.Progress?.Report(new WorkProgress(string.Create(CultureInfo.InvariantCulture, $"Comparing {left} candidates for {definition.Name}"), to, most));
            if (to == most || (round > 1 && left <= Finalists))
                return [.. judged.Values];
            Drop(trials, judged, Math.Max(Math.Min(left, Finalists), (left + options.Reduction - 1) / options.Reduction));
        }
    }

    private static void Drop(IReadOnlyList<BackboneTrial> trials, Dictionary<LayerFeatures, AdvisedLayers> judged, int kept)
    {
        var racing = trials.SelectMany(trial => trial.Layers).ToDictionary(layers => judged[layers]);
        var best = Choice.Best(racing.Keys).Take(kept).Select(candidate => racing[candidate]).ToHashSet();
        foreach (var trial in trials)
            trial.Keep(best);
    }
}
