using System.CommandLine;
using FeatureTransfer.Adaptation;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft adapt</c>: whether a model of one domain gets better on another by adaptation, and by which.</summary>
internal static class AdaptCommand
{
    private static readonly string[] _known = [.. Enum.GetNames<AdaptationMethod>(), .. Enum.GetNames<ImportanceMethod>(), .. Enum.GetNames<TargetModel>()];

    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var source = new Argument<string>("source") { Description = $"What is learned from: {TrainingData.Description}; or a pipeline's file" };
        var target = new Argument<string>("target") { Description = "What the model is for: the same kind of data, or a pipeline's file in the source's folder, whose data count; its labels judge" };
        var methods = new Option<string[]>("--methods") { Description = $"What to try, with commas: {string.Join(", ", _known)}; default {string.Join(", ", Enum.GetNames<AdaptationMethod>())}", DefaultValueFactory = _ => [] };
        methods.Require(names => Names.Split(names!).All(name => _known.Contains(name, StringComparer.OrdinalIgnoreCase)), $"some of {string.Join(", ", _known)}");
        var backbone = new Option<string?>("--backbone") { Description = "An id (ft models list), or the path of a card or an ONNX file; default that of ft train; a pipeline has its own" };
        var fraction = new Option<double>("--test-fraction") { Description = "The share of the target's rows that judges; of the others the features are looked at, and by Joint, TargetOnly and TrAdaBoost the labels", DefaultValueFactory = _ => new DomainComparisonOptions().TestFraction };
        fraction.Require(value => value is > 0 and < 1, "a share above 0 and below 1");
        var plan = new PlanOptions();
        var command = plan.AddTo(new Command(
            "adapt",
            "Trains on a source and judges on a target: without adaptation, with features standardized in each domain, and with each adaptation. Says which to keep; an adaptation that does not win beyond chance is not kept.\n\nExamples:\n  ft adapt drawings photos\n  ft adapt drawings photos --methods standardize,coral,kliep --json") { source, target, methods, backbone, fraction });
        command.SetAction((parse, cancellationToken) => RunAsync(
            shell(parse),
            plan.Plan(parse, parse.GetValue(source)!, parse.GetValue(backbone)),
            parse.GetValue(target)!,
            Options([.. Names.Split(parse.GetValue(methods)!)], parse.GetValue(fraction)),
            cancellationToken));
        return command;
    }

    private static DomainComparisonOptions Options(IReadOnlyList<string> methods, double fraction)
    {
        var options = new DomainComparisonOptions { TestFraction = fraction };
        return methods.Count == 0 ? options : options with { Methods = [.. Of<AdaptationMethod>()], Weights = [.. Of<ImportanceMethod>()], Models = [.. Of<TargetModel>()] };

        IEnumerable<T> Of<T>()
            where T : struct, Enum => methods.Where(name => Enum.GetNames<T>().Contains(name, StringComparer.OrdinalIgnoreCase)).Select(name => Enum.Parse<T>(name, ignoreCase: true));
    }

    private static async Task<int> RunAsync(Shell shell, TrainingPlan plan, string target, DomainComparisonOptions options, CancellationToken cancellationToken)
    {
        var pipeline = PipelineFiles.IsPipeline(plan.Data) ? PipelineReader.Read(plan.Data) : plan.Pipeline(cancellationToken);
        var comparison = new DomainComparison(CommandServices.Default with { Logger = shell.Log, Progress = shell.Progress });
        var report = await comparison.CompareAsync(pipeline, Target(target, pipeline, plan), options, cancellationToken).ConfigureAwait(false);
        AdaptText.Write(shell, report);
        return report.Rejected.Count > 0 ? ExitCodes.SomeRejected : ExitCodes.Ok;
    }

    private static DataSource Target(string target, PipelineDefinition source, TrainingPlan plan)
    {
        if (!PipelineFiles.IsPipeline(target))
            return TrainingData.Of(target, Path.GetFullPath(target), plan.Column, plan.Text, plan.Label);
        var pipeline = PipelineReader.Read(target);
        return pipeline.BaseFolder == source.BaseFolder
            ? pipeline.Data
            : throw new FeatureTransferException($"{target}: is not in the folder of the source's pipeline, from which that names its files. Put both into one folder.");
    }
}
