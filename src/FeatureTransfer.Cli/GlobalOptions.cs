using System.CommandLine;

namespace FeatureTransfer.Cli;

/// <summary>The options that every command has.</summary>
internal sealed class GlobalOptions
{
    private readonly Option<bool> _quiet = new("--quiet") { Description = "No progress, only results and errors", Recursive = true };
    private readonly Option<bool> _json = new("--json") { Description = "Results as one JSON value on standard output, members in camelCase", Recursive = true };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "With errors, where they came from", Recursive = true };

    public void AddTo(Command root)
    {
        root.Add(_quiet);
        root.Add(_json);
        root.Add(_verbose);
    }

    public bool IsVerbose(ParseResult parse) => parse.GetValue(_verbose);

    public Shell Shell(ParseResult parse, TextWriter output, TextWriter error) => new(output, error, parse.GetValue(_quiet), parse.GetValue(_json), parse.GetValue(_verbose));
}
