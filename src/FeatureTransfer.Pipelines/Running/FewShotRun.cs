using FeatureTransfer.Heads;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Trains the chain on few rows a class, drawn again and again from the training rows; the held-out rows judge.</summary>
internal static class FewShotRun
{
    /// <summary>The results; empty where the pipeline asks for none.</summary>
    /// <param name="definition">The pipeline.</param>
    /// <param name="train">The rows to draw from; those without a label teach always.</param>
    /// <param name="test">The rows that judge.</param>
    /// <param name="build">What building steps needs.</param>
    public static IReadOnlyList<FewShotResult> Run(PipelineDefinition definition, Table train, Table test, StepBuild build)
    {
        if (definition.Evaluation.FewShot is not { } draws)
            return [];
        var labels = LabelTexts.Of(definition, train);
        var labelled = LabelledSplit.Labelled(definition, train);
        int[] others = [.. Enumerable.Range(0, train.Count).Except(labelled)];
        int[][] classes = [.. labelled.GroupBy(row => labels[row], StringComparer.Ordinal).OrderBy(rows => rows.Key, StringComparer.Ordinal).Select(rows => rows.ToArray())];
        int[] shots = [.. draws.Shots.Distinct().Order().Where(count => classes.All(rows => rows.Length >= count))];
        var accuracies = shots.ToDictionary(count => count, _ => new List<double>());
        var random = new Random(definition.Seed);
        for (var repeat = 0; repeat < draws.Repeats; repeat++)
        {
            foreach (var rows in classes)
                random.Shuffle(rows);
            foreach (var count in shots)
            {
                build.Services.Cancellation.ThrowIfCancellationRequested();
                int[] drawn = [.. classes.SelectMany(rows => rows.Take(count)).Concat(others).Order()];
                accuracies[count].Add(Accuracy(definition, train.Select(drawn), test, build with { Context = new MLContext(definition.Seed) }));
                build.Services.Progress?.Report(new WorkProgress("Few labels", accuracies.Values.Sum(done => done.Count), shots.Length * draws.Repeats));
            }
        }

        return [.. shots.Select(count => new FewShotResult(count, [.. accuracies[count]]))];
    }

    /// <summary>What can be known to be wrong before any data move.</summary>
    public static IEnumerable<ChainFault> Faults(PipelineDefinition definition)
    {
        if (definition.Evaluation.FewShot is null)
            yield break;
        if (definition.Task != PipelineTask.Multiclass)
            yield return new ChainFault("$.evaluation.fewShot", $"so many rows a class are drawn, and the task is {TaskFault.Name(definition.Task)}. Use it with the task multiclass");
        if (definition.Split.TestFraction <= 0)
            yield return new ChainFault("$.evaluation.fewShot", "held-out rows judge, and none are held out. Give split.testFraction a share above 0, such as 0.2");
        if (ChainModel.Trained(definition).Flatten().Any(step => step is IImageTrainerStep or ExtractFeaturesStep))
            yield return new ChainFault("$.evaluation.fewShot", "the chain is trained again and again, which takes too long where it trains a network on images. Use a trainer of features, such as NearestCentroid");
    }

    /// <summary>Says which sizes were left out.</summary>
    public static IEnumerable<string> Notes(PipelineDefinition definition, IReadOnlyList<FewShotResult> results, IReadOnlyList<ClassRows> classes)
    {
        int[] missing = [.. (definition.Evaluation.FewShot?.Shots ?? []).Except(results.Select(result => result.Shots)).Order()];
        if (missing.Length > 0 && classes.MinBy(label => label.TrainRows) is { } fewest)
            yield return string.Create(CultureInfo.InvariantCulture, $"few labels: {string.Join(", ", missing)} a class are left out, for '{fewest.Label}' has {fewest.TrainRows} training rows");
    }

    private static double Accuracy(PipelineDefinition definition, Table train, Table test, StepBuild build)
    {
        var model = ChainModel.Fit(ChainModel.Trained(definition), train, build);
        using var parts = new ModelParts(model);
        var scored = ChainModel.Score(model, test);
        return TaskRules.Of(definition).Complete(scored).Judge(scored, ChainModel.Inputs(test), LabelTexts.Of(definition, test)).Predictions.Average(row => row.Label == row.Predicted ? 1.0 : 0);
    }
}
