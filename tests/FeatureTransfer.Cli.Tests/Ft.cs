namespace FeatureTransfer.Cli.Tests;

/// <summary>Runs ft in process.</summary>
internal static class Ft
{
    /// <summary>Runs a command and takes all that it writes.</summary>
    public static Task<FtOutcome> RunAsync(params string[] args) => RunAsync(args, CancellationToken.None);

    /// <summary>Runs a command that can be stopped.</summary>
    public static async Task<FtOutcome> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await FtApp.RunAsync(args, output, error, cancellationToken);
        return new FtOutcome(code, output.ToString(), error.ToString());
    }
}

/// <summary>What a command gave.</summary>
internal sealed record FtOutcome(int Code, string Output, string Error);
