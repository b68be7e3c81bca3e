using System.CommandLine;
using System.Globalization;
using FeatureTransfer.Cli.Terminal;
using LibVips;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft doctor</c>: what this machine has, and what is missing.</summary>
internal static class DoctorCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var command = new Command("doctor", "Checks native libraries, providers, cache and disk");
        command.SetAction(parse => Run(shell(parse)));
        return command;
    }

    private static int Run(Shell shell)
    {
        Finding[] findings =
        [
            new("runtime", true, $".NET {Environment.Version}, {System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}, {Environment.ProcessorCount} cores"),
            Check("ONNX Runtime", () => $"{OrtEnv.Instance().GetVersionString()}, providers {string.Join(", ", OrtEnv.Instance().GetAvailableProviders())}"),
            Check("libvips", () => $"{VipsLibrary.Version}, {VipsLibrary.NativePath}"),
            Check("image formats", () => string.Join(", ", VipsLibrary.LoadableFormats)),
            Check("backbones", () => $"{string.Join(", ", FeatureTransferServices.Default.Catalog.Cards.Select(card => card.Id))}, kept in {FeatureTransferPaths.Models}"),
            Check("feature cache", () => $"{FeatureTransferPaths.Features}, {Megabytes(FeatureTransferPaths.Features)} MB"),
            Check("disk", () => string.Create(CultureInfo.InvariantCulture, $"{new DriveInfo(Existing(FeatureTransferPaths.Home)).AvailableFreeSpace / 1e9:0.0} GB free for {FeatureTransferPaths.Home}")),
        ];
        if (shell.Json)
            shell.WriteJson(findings);
        else
            shell.WriteTable(["part", "ok", "found"], [.. findings.Select(finding => (IReadOnlyList<string>)[finding.Part, finding.Ok ? "yes" : "NO", finding.Found])]);
        return findings.All(finding => finding.Ok) ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static Finding Check(string part, Func<string> find)
    {
        try
        {
            return new Finding(part, true, find());
        }
        catch (Exception exception)
        {
            // Whatever goes wrong here is what the doctor is asked for.
            return new Finding(part, false, (exception.InnerException ?? exception).Message);
        }
    }

    private static string Megabytes(string folder) => Directory.Exists(folder)
        ? (Directory.EnumerateFiles(folder).Sum(file => new FileInfo(file).Length) / 1e6).ToString("0.0", CultureInfo.InvariantCulture)
        : "0";

    private static string Existing(string folder)
    {
        while (!Directory.Exists(folder))
            folder = Path.GetDirectoryName(folder) ?? "/";
        return folder;
    }

    private sealed record Finding(string Part, bool Ok, string Found);
}
