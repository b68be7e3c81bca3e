using System.CommandLine;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft run</c>: runs pipelines, goes on past a failed one and ends with a table.</summary>
internal static class RunCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var files = new Argument<string[]>("pipelines") { Description = "Pipelines: files or globs such as 'pipelines/*.json'", Arity = ArgumentArity.OneOrMore };
        var set = new Option<string[]>("--set") { Description = "Overrides a value: --set data.path=photos --set split.folds=10. A path starts at the current folder if there is such a file, else at the pipeline" };
        var resume = new Option<bool>("--resume") { Description = "Goes on from the checkpoint of a fine-tuning that was broken off; the result is that of an unbroken run" };
        var device = DeviceOption.Create();
        var command = new Command(
            "run",
            "Runs pipelines from data to a judged, saved bundle; goes on past a failed one. A pipeline with a search first tries out options of its chain, and goes on where an earlier run was cut off.\n\nExamples:\n  ft run pipelines/image-folder.json --set data.path=photos\n  ft run 'pipelines/*.json'") { files, set, resume, device };
        command.SetAction((parse, cancellationToken) => RunAsync(new PipelineRun(shell(parse), parse.GetValue(device), parse.GetValue(resume)), parse.GetValue(files)!, parse.GetValue(set) ?? [], cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(PipelineRun run, string[] patterns, string[] overrides, CancellationToken cancellationToken)
    {
        var shell = run.Shell;
        var outcomes = new List<RunOutcome>();
        foreach (var pattern in PipelineFiles.WithoutSchemas(patterns))
        {
            foreach (var file in Find(shell, pattern, outcomes))
                outcomes.Add(await run.RunAsync(file, () => PipelineReader.Read(file, overrides), cancellationToken).ConfigureAwait(false));
        }

        if (shell.Json)
            shell.WriteJson(outcomes);
        else if (outcomes.Count > 1)
            shell.WriteTable(RunOutcome.Header, [.. outcomes.Select(outcome => outcome.Row())]);
        return outcomes.Max(outcome => outcome.ExitCode);
    }

    private static IReadOnlyList<string> Find(Shell shell, string pattern, List<RunOutcome> outcomes)
    {
        try
        {
            return PipelineFiles.Find(pattern);
        }
        catch (FeatureTransferException exception)
        {
            outcomes.Add(RunOutcome.OfFailure(pattern, exception, Failure.Tell(exception, shell.Error, shell.Verbose)));
            return [];
        }
    }
}
