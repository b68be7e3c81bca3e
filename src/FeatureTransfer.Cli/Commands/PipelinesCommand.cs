using System.CommandLine;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft pipelines</c>: checks pipelines without running them.</summary>
internal static class PipelinesCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var files = new Argument<string[]>("pipelines") { Description = "The files, or globs", Arity = ArgumentArity.OneOrMore };
        var validate = new Command("validate", "Reads pipelines and tells what is wrong with them.\n\nExample: ft pipelines validate pipelines/quickstart.json") { files };
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
                shell.Out.WriteLine($"{check.Pipeline}: ok, {check.Estimators} estimators");
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
            return new PipelineCheck(file, PipelineReader.Read(file).Estimators.Count, null);
        }
        catch (FeatureTransferException exception)
        {
            return new PipelineCheck(file, null, exception.Message);
        }
    }

    /// <summary>What is wrong with a pipeline; nothing where there is no error.</summary>
    private sealed record PipelineCheck(string Pipeline, int? Estimators, string? Error);
}
