using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Says what <c>ft advise</c> found.</summary>
internal static class AdviceText
{
    public static void Write(Shell shell, Advice advice, TrainingPlan plan)
    {
        if (shell.Json)
        {
            shell.WriteJson(Json(advice));
            return;
        }

        var metric = advice.Pick.Probe.Mean.Headline is { } headline ? MetricText.Name(headline) : "score";
        shell.WriteTable(["backbone", "layers", "rows", metric, "kNN", "LogME", "ms/row"], [.. advice.Candidates.Select(Row)]);
        shell.Out.WriteLine();
        shell.Out.WriteLine($"Take {Named(advice.Pick)}.");
        shell.Out.WriteLine(advice.Why);
        if (advice.Baseline?.CrossValidation?.Mean.Headline is { } without)
            shell.Out.WriteLine(Text($"Without transfer ({advice.Baseline.Name}): {without.Value:0.000}. {Verdict(advice.Gain)}"));
        shell.Out.WriteLine(Text($"Compared on {advice.Rows} rows in {advice.Elapsed.TotalSeconds:0.0} s; rows held out for the test were left alone."));
        shell.Out.WriteLine(Next(advice, plan));
    }

    private static IReadOnlyList<string> Row(AdvisedLayers candidate) =>
    [
        candidate.Backbone,
        string.Join(", ", candidate.Layers),
        Text($"{candidate.Rows}"),
        Text($"{candidate.Score:0.000}{(candidate.Probe.Interval is { } interval ? Text($" [{interval.Low:0.00}, {interval.High:0.00}]") : "")}"),
        candidate.Neighbours is { } neighbours ? Text($"{neighbours:0.00}") : "",
        candidate.LogMe is { } evidence ? Text($"{evidence:0.000}") : "",
        candidate.SecondsPerRow > 0 ? Text($"{candidate.SecondsPerRow * 1000:0.0}") : "cached",
    ];

    // An interval that holds 0 is no proof of harm, and none of help.
    private static string Verdict(Interval? gain) => gain switch
    {
        null => "",
        { Low: > 0 } better => Text($"Transfer helps: by {Range(better)}."),
        { High: < 0 } worse => Text($"Negative transfer: it is worse by {Range(new Interval(-worse.High, -worse.Low))}; do without a backbone, or try another."),
        { } open => Text($"Whether transfer helps cannot be told from these rows: the difference is {Range(open)}."),
    };

    private static string Range(Interval interval) => Text($"{interval.Low:0.000} to {interval.High:0.000}");

    private static string Next(Advice advice, TrainingPlan plan) => plan.Save is { } file
        ? $"Next: ft run {CommandText.Path(file)}"
        : PipelineFiles.IsPipeline(plan.Data)
            ? "Next: write the pipeline with --save, and ft run it."
            : $"Next: ft train {CommandText.Path(plan.Data)} --backbone {CommandText.Path(advice.Pick.Backbone)} --layers {string.Join(',', advice.Pick.Layers)}";

    private static string Named(AdvisedLayers pick) => $"{pick.Backbone}, {(pick.Layers.Count == 1 ? "layer" : "layers")} {string.Join(", ", pick.Layers)}";

    private static object Json(Advice advice) => new
    {
        Pick = new { advice.Pick.Backbone, advice.Pick.Layers },
        advice.Why,
        advice.Rows,
        Seconds = advice.Elapsed.TotalSeconds,
        Baseline = advice.Baseline is null ? null : new { advice.Baseline.Name, advice.Baseline.CrossValidation!.Mean },
        advice.Gain,
        Candidates = advice.Candidates.Select(candidate => new
        {
            candidate.Backbone,
            candidate.Layers,
            candidate.Features,
            candidate.Round,
            candidate.Rows,
            candidate.Probe.Mean,
            candidate.Probe.Interval,
            candidate.LogMe,
            candidate.HScore,
            candidate.Neighbours,
            candidate.SecondsPerRow,
            candidate.SizeInBytes,
        }),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
