using FeatureTransfer.Backbones;
using FeatureTransfer.Devices;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Runs one pipeline and says how it went, whether a file declares it or a command line.</summary>
/// <param name="Shell">Takes results, errors and progress.</param>
/// <param name="Device">What models run on; null is what the pipeline says.</param>
/// <param name="Resume">Whether a fine-tuning goes on from its checkpoint.</param>
internal sealed record PipelineRun(Shell Shell, Device? Device, bool Resume = false)
{
    /// <summary>Runs it; whatever goes wrong is written to the shell and becomes the outcome.</summary>
    /// <param name="name">What to call the pipeline: its file, or the data that it learns from.</param>
    /// <param name="read">Gives the pipeline.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public async Task<RunOutcome> RunAsync(string name, Func<PipelineDefinition> read, CancellationToken cancellationToken)
    {
        ModelCardReader.LoadAhead();
        try
        {
            var runner = new PipelineRunner(CommandServices.Default with { Logger = Shell.Log, Progress = Shell.Progress, Device = Device }) { Resume = Resume };
            var result = await runner.RunAsync(read(), cancellationToken).ConfigureAwait(false);
            Summarize(result);
            return RunOutcome.Of(name, result);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever went wrong with this one, others still run.
            if (exception is TooManyRejectedException rejected)
                Summarize(rejected.Result);
            return RunOutcome.OfFailure(name, exception, Failure.Tell(exception, Shell.Error, Shell.Verbose));
        }
    }

    private void Summarize(RunResult result)
    {
        if (!Shell.Json)
            RunSummary.Write(Shell.Out, result);
    }
}
