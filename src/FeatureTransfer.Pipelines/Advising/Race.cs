using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Advising;

/// <summary>The rounds: after each the better candidates go on, on more rows.</summary>
internal sealed class Race(PipelineDefinition definition, AdviceOptions options, Probe probe, TrainingRows rows, StepBuild build)
{
    private readonly Dictionary<LayerFeatures, AdvisedLayers> _judged = [];

    /// <summary>The rows of the last round.</summary>
    public int Rows { get; private set; }

    /// <summary>Runs them, and gives how each candidate did in its last round.</summary>
    public IReadOnlyList<AdvisedLayers> Run(IReadOnlyList<BackboneTrial> trials, ExtractFeaturesStep step, int first)
    {
        var most = Math.Min(rows.Count, options.MaxRows);
        for (var (round, from, to) = (1, 0, Math.Min(first, most)); ; (round, from, to) = (round + 1, to, Math.Min(to * options.Reduction, most)))
        {
            foreach (var trial in trials)
                trial.Extend(rows, from, to, build);
            Rows = to;
            var left = trials.Sum(trial => trial.Layers.Count);
            build.Services.Progress?.Report(new WorkProgress(string.Create(CultureInfo.InvariantCulture, $"Comparing {left} candidates for {definition.Name}"), to, most));
            if (to == most || (round > 1 && left <= options.Finalists))
            {
                Finish(trials, step, round);
                return [.. _judged.Values];
            }

            Judge(trials, step, round, screening: true);
            Drop(trials, Math.Max(Math.Min(left, options.Finalists), (left + options.Reduction - 1) / options.Reduction));
        }
    }

    // The pipeline's own chain has the last word, on a few.
    private void Finish(IReadOnlyList<BackboneTrial> trials, ExtractFeaturesStep step, int round)
    {
        if (probe.CanScreen && trials.Sum(trial => trial.Layers.Count) > options.Finalists)
        {
            Judge(trials, step, round, screening: true);
            Drop(trials, options.Finalists);
            round++;
        }

        Judge(trials, step, round, screening: false);
    }

    private void Judge(IReadOnlyList<BackboneTrial> trials, ExtractFeaturesStep step, int round, bool screening)
    {
        foreach (var trial in trials)
        {
            foreach (var layers in trial.Layers)
                _judged[layers] = probe.Judge(layers, step, Rows, round, trial.SizeInBytes, screening);
        }
    }

    private void Drop(IReadOnlyList<BackboneTrial> trials, int kept)
    {
        var racing = trials.SelectMany(trial => trial.Layers).ToDictionary(layers => _judged[layers]);
        var best = Choice.Best(racing.Keys).Take(kept).Select(candidate => racing[candidate]).ToHashSet();
        foreach (var trial in trials)
            trial.Keep(best);
    }
}
