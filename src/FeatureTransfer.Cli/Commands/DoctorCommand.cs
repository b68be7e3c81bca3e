using System.CommandLine;
using FeatureTransfer.Cli.Diagnosis;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft doctor</c>: what this machine has, and what is missing.</summary>
internal static class DoctorCommand
{
    private const int LineLength = 80;

    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var command = new Command("doctor", "Checks native libraries, providers, threads, weights, cache and disk; exit code 1 when something needed is missing.\n\nExample: ft doctor --json");
        command.SetAction(parse => Run(shell(parse)));
        return command;
    }

    private static int Run(Shell shell)
    {
        var findings = Examination.All();
        if (shell.Json)
            shell.WriteJson(findings);
        else
            shell.WriteTable(["part", "ok", "found"], [.. findings.Select(Row)], LineLength);
        return findings.All(finding => finding.Ok || !finding.Needed) ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static IReadOnlyList<string> Row(Finding finding) =>
        [finding.Part, finding.Ok ? "yes" : finding.Needed ? "NO" : "no", finding.Found];
}
