using System.CommandLine;
using FeatureTransfer.Cli.Commands;

namespace FeatureTransfer.Cli;

/// <summary>The command line, as a function of its arguments.</summary>
public static class FtApp
{
    /// <summary>Runs a command.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Takes results.</param>
    /// <param name="error">Takes errors and progress.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        var options = new GlobalOptions();
        var root = new RootCommand($"Transfer learning for .NET: features of frozen backbones, pipelines, bundles.\n\n{ExitCodes.Description}\n\nExamples:\n  ft train photos\n  ft run pipelines/quickstart.json\n  ft predict out/quickstart/model.ftm photo.jpg\n  ft models inspect resnet_18.mlnet");
        options.AddTo(root);
        Shell? current = null;
        Func<ParseResult, Shell> shell = parsed => current = options.Shell(parsed, output, error);
        root.Add(InitCommand.Create(shell));
        root.Add(TrainCommand.Create(shell));
        root.Add(RunCommand.Create(shell));
        root.Add(ExtractCommand.Create(shell));
        root.Add(PredictCommand.Create(shell));
        root.Add(EvaluateCommand.Create(shell));
        root.Add(AugmentCommand.Create(shell));
        root.Add(ModelsCommand.Create(shell));
        root.Add(CacheCommand.Create(shell));
        root.Add(PipelinesCommand.Create(shell));
        root.Add(SchemaCommand.Create(shell));
        root.Add(DoctorCommand.Create(shell));

        var parse = root.Parse(args);
        if (parse.Errors.Count > 0)
        {
            foreach (var fault in parse.Errors)
                error.WriteLine(fault.Message);
            error.WriteLine("'ft --help' and 'ft COMMAND --help' tell what there is.");
            return ExitCodes.Usage;
        }

        try
        {
            // Ctrl-C comes by the cancellation token; who waits for the work to stop is the caller's affair.
            var invocation = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parse.InvokeAsync(invocation, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return Failure.Tell(exception, current?.Error ?? error, options.IsVerbose(parse));
        }
    }
}
