using System.Diagnostics;
using System.Globalization;

namespace FeatureTransfer.Benchmarks.Gradients.Torch;

/// <summary>A Python that has PyTorch, and the scripts of <c>peers/torch</c> for it.</summary>
internal static class TorchPython
{
    public const string Missing = "PyTorch was not found. Install Debian's python3-torchvision, or name a Python that has it in FT_PYTHON.";

    /// <summary>The program; null where no Python has torchvision.</summary>
    public static string? Find() => new[] { Environment.GetEnvironmentVariable("FT_PYTHON"), "/usr/bin/python3", "python3", "python" }
        .OfType<string>().FirstOrDefault(candidate => Output(candidate, ["-c", "import torchvision"], 1) is not null);

    /// <summary>Runs a script; gives what it wrote, or null where it failed.</summary>
    public static string? Run(string python, string script, IEnumerable<string> arguments, int threads) =>
        Output(python, [PathOf(script), .. arguments], threads);

    /// <summary>Where a script lies.</summary>
    public static string PathOf(string script) => Path.Combine(AppContext.BaseDirectory, "peers", "torch", script);

    private static string? Output(string program, string[] arguments, int threads)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        try
        {
            using var process = Process.Start(start)!;
            var complaints = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0)
                return output;
            if (arguments is not ["-c", ..])
                Console.Error.WriteLine(complaints.GetAwaiter().GetResult());
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
