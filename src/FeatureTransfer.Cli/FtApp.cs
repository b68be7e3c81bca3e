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
        Shell? current = null;
        var root = Root(options, parsed => current = options.Shell(parsed, output, error));
        var parse = root.Parse(args);
        var faults = MistypedOption.Find(parse) is { } mistyped ? [mistyped] : parse.Errors.Select(fault => fault.Message).ToList();
        if (faults.Count > 0)
        {
            foreach (var fault in faults)
                error.WriteLine(fault);
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

    /// <summary>All commands.</summary>
    internal static RootCommand Root(GlobalOptions options, Func<ParseResult, Shell> shell)
    {
        var root = new RootCommand($"Transfer learning for .NET: features of frozen backbones, pipelines, bundles.\n\n{ExitCodes.Description}\n\nExamples:\n  ft train photos\n  ft run pipelines/quickstart.json\n  ft predict out/quickstart/model.ftm photo.jpg\n  ft models inspect resnet_18.mlnet")
        {
            InitCommand.Create(shell),
            TrainCommand.Create(shell),
            AdviseCommand.Create(shell),
            CleanCommand.Create(shell),
            AdaptCommand.Create(shell),
            DriftCommand.Create(shell),
            RunCommand.Create(shell),
            ExtractCommand.Create(shell),
            PredictCommand.Create(shell),
            EvaluateCommand.Create(shell),
            ReportCommand.Create(shell),
            ExportCommand.Create(shell),
            ServeCommand.Create(shell),
            StudioCommand.Create(shell),
            SiloCommand.Create(shell),
            SimilarCommand.Create(shell),
            AugmentCommand.Create(shell),
            ModelsCommand.Create(shell),
            CacheCommand.Create(shell),
            PipelinesCommand.Create(shell),
            SchemaCommand.Create(shell),
            DoctorCommand.Create(shell),
        };
        options.AddTo(root);
        OptionRules.RefuseEmptyNames(root);
        return root;
    }
}
