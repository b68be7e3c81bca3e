using System.Globalization;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Benchmarks.Choosing;

/// <summary>Advice by successive halving against cross-validation of every candidate on all rows: the pick, its score among all of them, and the time. Nothing comes from the feature cache.</summary>
internal static class AdviceAgainstAll
{
    /// <summary>Runs the mode: <c>PIPELINE|FOLDER [BACKBONE,...]</c>, a pipeline with a step ExtractFeatures, or a folder of images in folders of their labels.</summary>
    public static int Run(string[] arguments)
    {
        if (arguments is not [var data, .. var rest])
            throw new ArgumentException("Expected --advice PIPELINE|FOLDER [BACKBONE,...], such as pipelines/quickstart.json.");
        var pipeline = Uncached(Directory.Exists(data) ? OfFolder(data) : PipelineReader.Read(data));
        var options = new AdviceOptions { Backbones = [.. rest.SelectMany(names => names.Split(','))], MaxRows = int.MaxValue };
        var advisor = new Advisor();
        var advice = advisor.AdviseAsync(pipeline, options).GetAwaiter().GetResult();
        var all = advisor.AdviseAsync(pipeline, options with { FirstRows = int.MaxValue, Finalists = int.MaxValue }).GetAwaiter().GetResult();
        Print(advice, all, OneByOne(advisor, pipeline, options, all));
        return 0;
    }

    // As somebody does who runs a pipeline for each candidate: what its layers share with others is computed anew.
    private static TimeSpan OneByOne(Advisor advisor, PipelineDefinition pipeline, AdviceOptions options, Advice all)
    {
        var plain = pipeline with { Evaluation = new() };
        return all.Candidates
            .Select(candidate => advisor.AdviseAsync(With(plain, candidate), options with { Backbones = [candidate.Backbone], FirstRows = int.MaxValue }).GetAwaiter().GetResult().Elapsed)
            .Aggregate(TimeSpan.Zero, (sum, elapsed) => sum + elapsed);
    }

    private static PipelineDefinition With(PipelineDefinition pipeline, AdvisedLayers candidate) =>
        pipeline with { Estimators = [.. pipeline.Estimators.Select(step => step is ExtractFeaturesStep features ? features with { Backbone = candidate.Backbone, Layers = candidate.Layers } : step)] };

    private static PipelineDefinition OfFolder(string folder) =>
        PipelineReader.Read("pipelines/quickstart.json") with { Data = new Pipelines.Data.ImageFolderSource { Path = Path.GetFullPath(folder) }, Evaluation = new() };

    private static PipelineDefinition Uncached(PipelineDefinition pipeline) =>
        pipeline with { Estimators = [.. pipeline.Estimators.Select(step => step is ExtractFeaturesStep features ? features with { Layers = [], UseCache = false } : step)] };

    private static void Print(Advice advice, Advice all, TimeSpan oneByOne)
    {
        var (pick, best) = (all.Candidates.First(Same), all.Candidates[0]);
        Console.WriteLine(Text($"{all.Candidates.Count} candidates, {all.Rows} rows, {Environment.ProcessorCount} threads"));
        Console.WriteLine(Text($"  advice took {advice.Elapsed.TotalSeconds:0} s, all candidates on all rows {all.Elapsed.TotalSeconds:0} s: {advice.Elapsed / all.Elapsed:0.00} of it"));
        Console.WriteLine(Text($"  all candidates on all rows one by one {oneByOne.TotalSeconds:0} s: {advice.Elapsed / oneByOne:0.00} of it"));
        Console.WriteLine(Text($"  advised {Name(pick)}: {pick.Score:0.000} on all rows, place {all.Candidates.ToList().IndexOf(pick) + 1}"));
        Console.WriteLine(Text($"  best    {Name(best)}: {best.Score:0.000}, 95 % interval {IntervalOf(best)}"));
        foreach (var other in all.Candidates.Take(8))
            Console.WriteLine(Text($"    {other.Score:0.000}  {Name(other)}"));

        bool Same(AdvisedLayers other) => other.Backbone == advice.Pick.Backbone && other.Layers.SequenceEqual(advice.Pick.Layers);
    }

    private static string IntervalOf(AdvisedLayers candidate)
    {
        var metric = candidate.Probe.Mean.Headline!.Name;
        var interval = Interval.OfFolds(candidate.Score, candidate.Probe.Std[metric] ?? 0, candidate.Probe.Folds);
        return Text($"{interval?.Low:0.000} to {interval?.High:0.000}");
    }

    private static string Name(AdvisedLayers candidate) => $"{candidate.Backbone} ({string.Join(", ", candidate.Layers)})";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
