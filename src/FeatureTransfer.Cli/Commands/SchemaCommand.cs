using System.CommandLine;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft schema</c>: the JSON schema of pipelines.</summary>
internal static class SchemaCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var command = new Command("schema", "Prints the JSON schema of pipelines.\n\nExample: ft schema > pipelines/pipeline.schema.json");
        command.SetAction(parse =>
        {
            shell(parse).Out.Write(PipelineSchema.Generate());
            return ExitCodes.Ok;
        });
        return command;
    }
}
