using System.CommandLine;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft pipelines</c>: checks pipelines without running them.</summary>
internal static class PipelinesCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var files = new Argument<string[]>("pipelines") { Description = "The files, or globs", Arity = ArgumentArity.OneOrMore };
        var validate = new Command("validate", "Reads pipelines and tells what is wrong with them: options, columns, backbones, layers, the order of the chain, fields of tables. No data are computed.\n\nExample: ft pipelines validate pipelines/quickstart.json") { files };
        validate.SetAction(parse => Validate(shell(parse), parse.GetValue(files)!));
        return new Command("pipelines", "Checks pipelines") { validate };
    }

    private static int Validate(Shell shell, string[] patterns)
    {
        var checks = PipelineFiles.WithoutSchemas(patterns).SelectMany(Find).ToList();
        if (shell.Json)
            shell.WriteJson(checks);
        foreach (var check in checks)
        {
            if (check.Error is { } error)
                shell.Error.WriteLine(error);
            else if (!shell.Json)
                shell.Out.WriteLine($"{check.Pipeline}: ok, {check.Estimators} estimators{string.Concat(check.Unchecked.Select(text => $"; {text}"))}");
        }

        return checks.TrueForAll(check => check.Error is null) ? ExitCodes.Ok : ExitCodes.BadInput;
    }

    private static IEnumerable<PipelineCheck> Find(string pattern)
    {
        try
        {
            return PipelineFiles.Find(pattern).Select(Check);
        }
        catch (FeatureTransferException exception)
        {
            return [new PipelineCheck(pattern, null, exception.Message)];
        }
    }

    private static PipelineCheck Check(string file)
    {
        try
        {
            var pipeline = PipelineReader.Read(file);
            List<string> faults = [.. ChainFaults.Of(pipeline, CommandServices.Default).Select(fault => $"{file}: {fault}")];
            if (pipeline.Data is RecordSource records && FieldFault(records, pipeline.BaseFolder) is { } fault)
                faults.Add($"{file}: data: {fault}");
            return faults.Count == 0 ? new PipelineCheck(file, pipeline.Estimators.Count, null) { Unchecked = [.. ChainFaults.Unchecked(pipeline, CommandServices.Default)] } : new PipelineCheck(file, null, string.Join(Environment.NewLine, faults));
        }
        catch (FeatureTransferException exception)
        {
            return new PipelineCheck(file, null, exception.Message);
        }
    }

    // Queries are not asked: they may take long, or be of a database that is elsewhere.
    private static string? FieldFault(RecordSource records, string? baseFolder)
    {
        try
        {
            records.Check(new SourceContext(baseFolder, new RejectedRowCollector(), CancellationToken.None));
            return null;
        }
        catch (FeatureTransferException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>What is wrong with a pipeline; nothing where there is no error.</summary>
    private sealed record PipelineCheck(string Pipeline, int? Estimators, string? Error)
    {
        /// <summary>What will be known only when the pipeline runs.</summary>
        public IReadOnlyList<string> Unchecked { get; init; } = [];
    }
}
