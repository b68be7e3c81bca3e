using System.Diagnostics;
using System.Globalization;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Benchmarks.Choosing;

/// <summary>Advice by successive halving against cross-validation of every candidate on all rows: the pick, its score among all of them, and the time. Nothing comes from the feature cache.</summary>
internal static class AdviceAgainstAll
{
    private const int WarmingRows = 40;

    /// <summary>Runs the mode: <c>PIPELINE|FOLDER [BACKBONE,...]</c>, a pipeline with a step ExtractFeatures, or a folder of images in folders of their labels.</summary>
    public static int Run(string[] arguments)
    {
        if (arguments is not [var data, .. var rest])
            throw new ArgumentException("Expected --advice PIPELINE|FOLDER [BACKBONE,...], such as pipelines/quickstart.json.");
        var pipeline = Uncached(Directory.Exists(data) ? OfFolder(data) : PipelineReader.Read(data));
        var options = new AdviceOptions { Backbones = [.. rest.SelectMany(names => names.Split(','))], MaxRows = int.MaxValue };
        var advisor = new Advisor();

        // A process of its own for each candidate would compile the program each time, and advice only once; here neither does.
        advisor.AdviseAsync(pipeline, options with { MaxRows = WarmingRows }).GetAwaiter().GetResult();
        var (advice, ofAdvice) = Timed(() => advisor.AdviseAsync(pipeline, options).GetAwaiter().GetResult());
        var (all, ofAll) = Timed(() => advisor.AdviseAsync(pipeline, options with { FirstRows = int.MaxValue, Finalists = int.MaxValue }).GetAwaiter().GetResult());
        var (_, ofOneByOne) = Timed(() => OneByOne(advisor, pipeline, options, all));
        Print(advice, all, ofAdvice, ofAll, ofOneByOne);
        return 0;
    }

    // As somebody does who runs a pipeline for each candidate: what its layers share with others is computed anew.
    private static List<Advice> OneByOne(Advisor advisor, PipelineDefinition pipeline, AdviceOptions options, Advice all)
    {
        var plain = pipeline with { Evaluation = new() };
        return [.. all.Candidates.Select(candidate => advisor.AdviseAsync(With(plain, candidate), options with { Backbones = [candidate.Backbone], FirstRows = int.MaxValue }).GetAwaiter().GetResult())];
    }

    // On a busy machine the processor's time says more than the clock.
    private static (T Result, Spent Spent) Timed<T>(Func<T> work)
    {
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var result = work();
        return (result, new Spent(clock.Elapsed, Environment.CpuUsage.TotalTime - before));
    }

    private static PipelineDefinition With(PipelineDefinition pipeline, AdvisedLayers candidate) =>
        pipeline with { Estimators = [.. pipeline.Estimators.Select(step => step is ExtractFeaturesStep features ? features with { Backbone = candidate.Backbone, Layers = candidate.Layers } : step)] };

    private static PipelineDefinition OfFolder(string folder) =>
        PipelineReader.Read("pipelines/quickstart.json") with { Data = new Pipelines.Data.ImageFolderSource { Path = Path.GetFullPath(folder) }, Evaluation = new() };

    private static PipelineDefinition Uncached(PipelineDefinition pipeline) =>
        pipeline with { Estimators = [.. pipeline.Estimators.Select(step => step is ExtractFeaturesStep features ? features with { Layers = [], UseCache = false } : step)] };

    private static void Print(Advice advice, Advice all, Spent ofAdvice, Spent ofAll, Spent ofOneByOne)
    {
        var (pick, best) = (all.Candidates.First(Same), all.Candidates[0]);
        Console.WriteLine(Text($"{all.Candidates.Count} candidates, {all.Rows} rows, {Environment.ProcessorCount} threads"));
        Console.WriteLine($"  advice took {ofAdvice}");
        Console.WriteLine($"  all candidates on all rows {ofAll}: advice takes {ofAdvice.Of(ofAll)} of it");
        Console.WriteLine($"  all candidates on all rows one by one {ofOneByOne}: advice takes {ofAdvice.Of(ofOneByOne)} of it");
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

    private readonly record struct Spent(TimeSpan Clock, TimeSpan Processor)
    {
        public string Of(Spent whole) => Text($"{Clock / whole.Clock:0.00} (processor {Processor / whole.Processor:0.00})");

        public override string ToString() => Text($"{Clock.TotalSeconds:0.0} s (processor {Processor.TotalSeconds:0.0} s)");
    }
}
