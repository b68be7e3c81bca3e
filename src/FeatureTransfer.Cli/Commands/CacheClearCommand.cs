using System.CommandLine;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft cache clear</c>.</summary>
internal static class CacheClearCommand
{
    public static Command Create(Func<ParseResult, Shell> shell, Func<ParseResult, FeatureCacheFolder> cache)
    {
        var yes = new Option<bool>("--yes") { Description = "Does not ask" };
        var command = new Command("clear", "Removes all cached features, once it has asked; they are computed again when they are needed") { yes };
        command.SetAction(parse => Run(shell(parse), cache(parse), parse.GetValue(yes)));
        return command;
    }

    private static int Run(Shell shell, FeatureCacheFolder cache, bool isSure)
    {
        var scopes = cache.Statistics();
        if (!isSure && !Ask(shell, string.Create(CultureInfo.InvariantCulture, $"Remove {scopes.Sum(scope => (long)scope.Records):N0} feature vectors, {ByteSize.Text(scopes.Sum(scope => scope.Bytes))}, from {cache.Folder}? [y/N] ")))
        {
            shell.Error.WriteLine("Nothing was removed. --yes removes without asking.");
            return ExitCodes.Cancelled;
        }

        var freed = cache.Clear();
        if (shell.Json)
            shell.WriteJson(new { cache.Folder, BytesFreed = freed });
        else
            shell.Out.WriteLine($"{cache.Folder}: {ByteSize.Text(freed)} freed");
        return ExitCodes.Ok;
    }

    // On standard error, so that the answer is not taken for a result.
    private static bool Ask(Shell shell, string question)
    {
        shell.Error.Write(question);
        var answer = Console.In.ReadLine();
        return answer is not null && answer.Trim().ToUpperInvariant() is "Y" or "YES";
    }
}
