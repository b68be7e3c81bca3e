using System.Runtime.InteropServices;
using FeatureTransfer.Onnx.Fusion;

namespace FeatureTransfer.Extraction.Tuning;

/// <summary>What decides how fast a model runs, beside the model: the processor, its cores and the runtime.</summary>
internal static class Machine
{
    private static readonly Lazy<string> _name = new(Describe);

    /// <summary>The machine in one line.</summary>
    public static string Name => _name.Value;

    private static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.RuntimeIdentifier}, ONNX Runtime {OnnxRuntimeLibrary.Version}{(GraphFusion.Key.Length > 0 ? $", {GraphFusion.Key}" : "")}");

    private static string Processor()
    {
        const string CpuInfo = "/proc/cpuinfo";
        try
        {
            var line = File.Exists(CpuInfo) ? File.ReadLines(CpuInfo).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal)) : null;
            return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? Unnamed();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Unnamed();
        }
    }

    private static string Unnamed() => Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
}
