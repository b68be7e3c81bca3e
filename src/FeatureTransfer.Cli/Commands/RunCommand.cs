using System.CommandLine;
using FeatureTransfer.Devices;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft run</c>: runs pipelines, goes on past a failed one and ends with a table.</summary>
internal static class RunCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var files = new Argument<string[]>("pipelines") { Description = "Pipelines: files or globs such as 'pipelines/*.json'", Arity = ArgumentArity.OneOrMore };
        var set = new Option<string[]>("--set") { Description = "Overrides a value: --set data.path=photos --set split.folds=10" };
        var resume = new Option<bool>("--resume") { Description = "Goes on from the checkpoint of a fine-tuning that was broken off; the result is that of an unbroken run" };
        var device = DeviceOption.Create();
        var command = new Command(
            "run",
            "Runs pipelines from data to a judged, saved bundle; goes on past a failed one.\n\nExamples:\n  ft run pipelines/image-folder.json --set data.path=photos\n  ft run 'pipelines/*.json'") { files, set, resume, device };
        command.SetAction((parse, cancellationToken) => RunAsync(shell(parse), parse.GetValue(files)!, new Settings(parse.GetValue(set) ?? [], parse.GetValue(device), parse.GetValue(resume)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, string[] patterns, Settings settings, CancellationToken cancellationToken)
    {
        var outcomes = new List<RunOutcome>();
        foreach (var pattern in PipelineFiles.WithoutSchemas(patterns))
        {
            foreach (var file in Find(shell, pattern, outcomes))
                outcomes.Add(await RunOneAsync(shell, file, settings, cancellationToken).ConfigureAwait(false));
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

    private static async Task<RunOutcome> RunOneAsync(Shell shell, string file, Settings settings, CancellationToken cancellationToken)
    {
        try
        {
            var definition = PipelineReader.Read(file, settings.Overrides);
            var runner = new PipelineRunner(CommandServices.Default with { Progress = shell.Progress, Device = settings.Device }) { Resume = settings.Resume };
            var result = await runner.RunAsync(definition, cancellationToken).ConfigureAwait(false);
            Summarize(shell, result);
            return RunOutcome.Of(file, result);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever went wrong with this one, the others still run.
            if (exception is TooManyRejectedException rejected)
                Summarize(shell, rejected.Result);
            return RunOutcome.OfFailure(file, exception, Failure.Tell(exception, shell.Error, shell.Verbose));
        }
    }

    private static void Summarize(Shell shell, RunResult result)
    {
        if (!shell.Json)
            RunSummary.Write(shell.Out, result);
    }

    private sealed record Settings(string[] Overrides, Device? Device, bool Resume);
}
