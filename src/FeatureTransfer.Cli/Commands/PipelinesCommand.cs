using System.CommandLine;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft pipelines</c>: checks pipelines without running them.</summary>
internal static class PipelinesCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var files = new Argument<string[]>("pipelines") { Description = "The files, or globs", Arity = ArgumentArity.OneOrMore };
        var validate = new Command("validate", "Reads pipelines and tells what is wrong with them: members, order, options, backbones, and layers where a backbone is on this machine. Nothing is fetched.\n\nExample: ft pipelines validate pipelines/quickstart.json") { files };
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
                shell.Out.WriteLine($"{check.Pipeline}: ok, {check.Estimators} estimators{(check.Absent.Count > 0 ? $"; layers not checked, for {string.Join(", ", check.Absent)} is not on this machine" : "")}");
        }

        return checks.TrueForAll(check => check.Error is null) ? ExitCodes.Ok : ExitCodes.BadInput;
    }

    private static IEnumerable<Verdict> Find(string pattern)
    {
        try
        {
            return PipelineFiles.Find(pattern).Select(Check);
        }
        catch (FeatureTransferException exception)
        {
            return [new Verdict(pattern, null, exception.Message)];
        }
    }

    private static Verdict Check(string file)
    {
        var place = "";
        try
        {
            var definition = PipelineReader.Read(file);

            // What is wrong with its text names the file and the line already.
            place = $"{file}: ";
            return new Verdict(file, definition.Estimators.Count, null) { Absent = PipelineCheck.Run(definition, CommandServices.Default) };
        }
        catch (FeatureTransferException exception)
        {
            return new Verdict(file, null, place + exception.Message);
        }
    }

    /// <summary>What is wrong with a pipeline; nothing where there is no error.</summary>
    private sealed record Verdict(string Pipeline, int? Estimators, string? Error)
    {
        /// <summary>The backbones that are not on this machine, so that layers were not looked for.</summary>
        public IReadOnlyList<string> Absent { get; init; } = [];
    }
}
