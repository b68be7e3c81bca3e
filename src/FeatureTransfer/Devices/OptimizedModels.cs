using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using FeatureTransfer.Onnx.Fusion;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Devices;

/// <summary>
/// Keeps models as ONNX Runtime has optimized them, so that the next process opens them without that work. The weights lie in a file of
/// their own, which ONNX Runtime maps instead of copying it. What it writes fits one kind of CPU and one version, so both are in the name.
/// Each model has a folder with its checksum; a damaged one is made again.
/// </summary>
/// <param name="folder">Where they lie.</param>
internal sealed class OptimizedModels(string folder)
{
    private const int MostModels = 16;
    private const string Leftover = ".tmp";
    private static readonly TimeSpan _leftoverAge = TimeSpan.FromHours(1);

    /// <summary>Opens the optimized form of a model. Where there is none yet it is made and kept, and where it cannot be kept, the model is only opened.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How to open it.</param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime cannot load the model.</exception>
    public InferenceSession Open(ModelContent model, SessionOptions options)
    {
        var kept = new OptimizedModel(Path.Combine(folder, $"{model.HexHash[..32]}-{OnnxRuntimeLibrary.Version}-{Processor}"));
        return (kept.IsSound ? TryOpen(kept, options) : null) ?? OpenAndKeep(model, kept, options);
    }

    private static InferenceSession? TryOpen(OptimizedModel kept, SessionOptions options)
    {
        try
        {
            return kept.Open(options);
        }
        catch (OnnxRuntimeException)
        {
            // Another build of the same version, say, does not know its operators: it is made again.
            return null;
        }
    }

    private InferenceSession OpenAndKeep(ModelContent model, OptimizedModel kept, SessionOptions options)
    {
        Directory.CreateDirectory(folder);
        RemoveLeftovers();
        var made = new OptimizedModel($"{kept.Folder}.{Guid.NewGuid():N}{Leftover}");
        try
        {
            var session = made.Make(model, options);
            Keep(made, kept);
            return session;
        }
        finally
        {
            if (Directory.Exists(made.Folder))
                Directory.Delete(made.Folder, recursive: true);
        }
    }

    // What processes left that were killed meanwhile.
    private void RemoveLeftovers()
    {
        foreach (var left in new DirectoryInfo(folder).GetDirectories($"*{Leftover}").Where(left => left.LastWriteTimeUtc < TimeProvider.System.GetUtcNow().UtcDateTime - _leftoverAge))
            left.Delete(recursive: true);
    }

    private void Keep(OptimizedModel made, OptimizedModel kept)
    {
        try
        {
            if (Directory.Exists(kept.Folder))
                Directory.Delete(kept.Folder, recursive: true);
            Directory.Move(made.Folder, kept.Folder);
            foreach (var old in new DirectoryInfo(folder).GetDirectories().Where(old => old.Extension != Leftover).OrderByDescending(old => old.LastWriteTimeUtc).Skip(MostModels))
                old.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is only a shortcut: without it, or where another process was first, nothing is lost.
        }
    }

    // The layouts that ONNX Runtime chooses depend on the width of the vector units.
    private static string Processor { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{RuntimeInformation.ProcessArchitecture}{(Avx512F.IsSupported ? "-avx512" : Avx2.IsSupported ? "-avx2" : "")}{(Avx512Vbmi.IsSupported ? "-vbmi" : "")}{(Fma.IsSupported ? "-fma" : "")}{(GraphFusion.Key.Length > 0 ? $"-{GraphFusion.Key}" : "")}").ToLowerInvariant();
}
