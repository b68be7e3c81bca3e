using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FeatureTransfer.Devices;

namespace FeatureTransfer.Benchmarks.Gradients.Torch;

/// <summary>A program of the peers that stays open and measures a round whenever it is asked, so that rounds of both sides take turns.</summary>
internal sealed class TorchPeer : IDisposable
{
    private readonly Process _process;

    private TorchPeer(Process process) => _process = process;

    /// <summary>Starts a script; null, and a word on the console, where no Python has PyTorch.</summary>
    public static TorchPeer? Start(string script, Device device, int threads, params string[] arguments)
    {
        if (TorchPython.Find() is not { } python)
        {
            Console.Error.WriteLine(TorchPython.Missing);
            return null;
        }

        var name = device.Kind == DeviceKind.Cuda ? string.Create(CultureInfo.InvariantCulture, $"cuda:{device.Index}") : device.ToString();
        var start = new ProcessStartInfo(python, [TorchPython.PathOf(script), name, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        KeepMemory(start.Environment);
        return new TorchPeer(Process.Start(start)!);
    }

    /// <summary>Builds and starts <c>peers/torchsharp</c>.</summary>
    public static TorchPeer StartSharp(string[] arguments, int threads)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "benchmarks", "peers", "torchsharp", "peer.sh")))
            folder = folder.Parent;
        var script = Path.Combine(folder?.FullName ?? throw new FileNotFoundException("benchmarks/peers/torchsharp/peer.sh lies in no folder above this program."), "benchmarks", "peers", "torchsharp", "peer.sh");
        var start = new ProcessStartInfo(script, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        return new TorchPeer(Process.Start(start)!);
    }

    /// <summary>Asks for a round and waits for what it measured.</summary>
    public T Round<T>()
    {
        _process.StandardInput.WriteLine();
        return Read<T>();
    }

    /// <summary>Waits for the next line.</summary>
    public T Read<T>() => JsonSerializer.Deserialize<T>(
        _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The script ended early; what it said of that is above."), JsonSerializerOptions.Web)!;

    // As peer.sh has it: glibc's allocator keeps the memory of tensors for the next step.
    private static void KeepMemory(IDictionary<string, string?> environment)
    {
        environment["MALLOC_MMAP_MAX_"] = "0";
        environment["MALLOC_TRIM_THRESHOLD_"] = "17179869184";
        environment["MALLOC_TOP_PAD_"] = "268435456";
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
