using System.Runtime.InteropServices;
using FeatureTransfer.Backbones;
using FeatureTransfer.Devices;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Cli.Diagnosis;

/// <summary>Looks at all parts that FeatureTransfer stands on.</summary>
internal static class Examination
{
    /// <summary>One finding a part.</summary>
    public static IReadOnlyList<Finding> All() =>
    [
        Check("runtime", () => $".NET {Environment.Version}, {RuntimeInformation.RuntimeIdentifier}, {RuntimeInformation.OSDescription}"),
        Check("threads", () => Line($"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0.0} GB of memory")),
        Check("ONNX Runtime", () => $"{OnnxRuntimeLibrary.Version}, {LoadedLibrary.PathOf("onnxruntime")}"),
        Check("providers", () => string.Join(", ", OnnxRuntimeLibrary.Environment.GetAvailableProviders())),
        .. DeviceProbe.All().Select(probe => new Finding($"device {probe.Device}", probe.Available, probe.Device.Kind == DeviceKind.Cpu, probe.Found)),
        Check("libvips", () => $"{LibVips.Version}, {LoadedLibrary.PathOf("libvips")}"),
        Check("image formats", () => string.Join(", ", LibVips.LoadableFormats)),
        Check("model cards", () => string.Join(", ", FeatureTransferServices.Default.Catalog.Cards.Select(card => card.Id))),
        .. Backbones(),
        .. Packages(),
        Store("features", FeatureTransferPaths.Features),
        Store("models", FeatureTransferPaths.Models),
        Check("disk", () => Line($"{new DriveInfo(NearestExisting(FeatureTransferPaths.Home)).AvailableFreeSpace / 1e9:0.0} GB free for {FeatureTransferPaths.Home}")),
    ];

    // A faulty card of the user's own has its finding above; there is nothing to list then.
    private static IEnumerable<Finding> Backbones()
    {
        try
        {
            var services = FeatureTransferServices.Default;
            return [.. services.Catalog.Cards.Select(card => services.Backbones.IsLocal(card)
                ? new Finding(card.Id, true, false, "ready")
                : new Finding(card.Id, false, false, "is made ready on first use, or by 'ft models pull'"))];
        }
        catch (FeatureTransferException)
        {
            return [];
        }
    }

    // Neither is needed for long: the one until a backbone is made, the other for the quickstart alone.
    private static IEnumerable<Finding> Packages() =>
    [
        Package("nsfwjs", "npm brings it when a backbone is first used"),
        Package("emoji-datasource-twitter", "npm brings it when the quickstart first runs"),
    ];

    private static Finding Package(string name, string hint) => NpmPackages.Find(name) is { } folder
        ? new Finding($"npm {name}", true, false, folder)
        : new Finding($"npm {name}", false, false, $"not found from here; {hint}");

    private static Finding Check(string part, Func<string> find)
    {
        try
        {
            return new Finding(part, true, true, find());
        }
        catch (Exception exception)
        {
            // Whatever goes wrong here is what the doctor is asked for. Our own errors say what to do; others may wrap the one that counts.
            var telling = exception is FeatureTransferException ? exception : exception.InnerException ?? exception;
            return new Finding(part, false, true, telling.Message);
        }
    }

    // Work goes on without it: what would be kept there is computed, or fetched, again.
    private static Finding Store(string part, string folder)
    {
        var found = Check(part, () => $"{folder}, {Size(folder)}") with { Needed = false };
        return found.Ok && WriteFault(NearestExisting(folder)) is { } fault
            ? found with { Ok = false, Found = $"{found.Found}; nothing can be kept there ({fault}) FT_HOME names another folder" }
            : found;
    }

    private static string? WriteFault(string folder)
    {
        try
        {
            using var probe = new FileStream(Path.Combine(folder, $".ft-doctor-{Environment.ProcessId}"), FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    private static string Size(string folder) => Directory.Exists(folder)
        ? Line($"{new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / 1e6:0.0} MB")
        : "empty";

    private static string NearestExisting(string folder)
    {
        while (!Path.Exists(folder))
            folder = Path.GetDirectoryName(folder) ?? Path.GetPathRoot(Environment.CurrentDirectory)!;
        return folder;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
