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
        var code = ExitCodes.Ok;
        foreach (var pattern in PipelineFiles.WithoutSchemas(patterns))
        {
            try
            {
                foreach (var file in PipelineFiles.Find(pattern))
                    code = Math.Max(code, ValidateOne(shell, file));
            }
            catch (FeatureTransferException exception)
            {
                code = Tell(shell, exception);
            }
        }

        return code;
    }

    private static int ValidateOne(Shell shell, string file)
    {
        try
        {
            var definition = PipelineReader.Read(file);
            shell.Out.WriteLine($"{file}: ok, {definition.Estimators.Count} estimators");
            return ExitCodes.Ok;
        }
        catch (FeatureTransferException exception)
        {
            return Tell(shell, exception);
        }
    }

    private static int Tell(Shell shell, FeatureTransferException exception)
    {
        shell.Error.WriteLine(exception.Message);
        return ExitCodes.BadInput;
    }
}
