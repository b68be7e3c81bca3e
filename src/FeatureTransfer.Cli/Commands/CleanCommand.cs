using System.CommandLine;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft clean</c>: what is probably wrong with labelled data.</summary>
internal static class CleanCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var data = new Argument<string>("data") { Description = $"{TrainingData.Description}; or a pipeline's file" };
        var output = new Option<string?>("--output") { Description = "Writes all rows to this CSV, the most doubtful first, with path and label to mend; ft train takes it" };
        var backbone = new Option<string?>("--backbone") { Description = "An id (ft models list), or the path of a card or an ONNX file; default that of ft train; a pipeline has its own" };
        var duplicates = new Option<double>("--duplicates") { Description = "The cosine of features from which on two rows are near-duplicates", DefaultValueFactory = _ => new CleanOptions().Duplicates };
        duplicates.Require(value => value is >= -1 and <= 1, "a cosine, from -1 to 1");
        var outliers = new Option<double>("--outliers") { Description = "How many robust standard deviations beyond the median distance to its neighbours a row is an outlier", DefaultValueFactory = _ => new CleanOptions().Outliers };
        outliers.Require(value => value > 0, "a number above 0");
        var plan = new PlanOptions();
        var force = new Option<bool>("--force") { Description = "Replaces the file of --output" };
        var command = plan.AddTo(new Command(
            "clean",
            "Looks for labels that are probably wrong, near-duplicates and those on both sides of the split, outliers, files that cannot be read, and labels that can be told by their files.\n\nExamples:\n  ft clean photos --output rows.csv\n  ft clean pipelines/quickstart.json") { data, output, backbone, duplicates, outliers, force });
        command.SetAction((parse, cancellationToken) => RunAsync(
            shell(parse),
            plan.Plan(parse, parse.GetValue(data)!, parse.GetValue(backbone)),
            new CleanOptions { Duplicates = parse.GetValue(duplicates), Outliers = parse.GetValue(outliers) },
            parse.GetValue(output),
            parse.GetValue(force),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, TrainingPlan plan, CleanOptions options, string? output, bool force, CancellationToken cancellationToken)
    {
        if (!force && Path.Exists(output))
            throw new FeatureTransferException($"{output}: exists already. Name another file by --output, or replace it by --force.");
        var pipeline = PipelineFiles.IsPipeline(plan.Data) ? PipelineReader.Read(plan.Data) : plan.Pipeline(cancellationToken);
        var cleaner = new Cleaner(CommandServices.Default with { Logger = shell.Log, Progress = shell.Progress });
        var report = await cleaner.CleanAsync(pipeline, options, cancellationToken).ConfigureAwait(false);
        if (output is not null)
            CleanText.WriteRows(output, report);
        CleanText.Write(shell, report, output);
        return report.Rejected.Count > 0 ? ExitCodes.SomeRejected : ExitCodes.Ok;
    }
}
