using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Devices;

/// <summary>
/// Keeps models as ONNX Runtime has optimized them, so that the next process opens them without that work. What it writes fits one kind
/// of CPU and one version, so both are in the name. Each file ends with its checksum; a damaged one is made again.
/// </summary>
/// <param name="folder">Where they lie.</param>
internal sealed class OptimizedModels(string folder)
{
    private const int ChecksumLength = sizeof(uint);
    private const int MostFiles = 16;
    private static readonly TimeSpan _leftoverAge = TimeSpan.FromHours(1);

    /// <summary>The optimized form of a model; null where there is none yet.</summary>
    /// <param name="key">The model's hash.</param>
    public byte[]? Find(string key)
    {
        try
        {
            // Read apart, so that the model, which may be large, is not copied to be without its checksum.
            using var file = File.OpenRead(PathOf(key));
            if (file.Length is <= ChecksumLength or > int.MaxValue)
                return null;
            var model = GC.AllocateUninitializedArray<byte>((int)file.Length - ChecksumLength);
            file.ReadExactly(model);
            Span<byte> checksum = stackalloc byte[ChecksumLength];
            file.ReadExactly(checksum);
            return BinaryPrimitives.ReadUInt32LittleEndian(checksum) == Checksum(model) ? model : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Opens a model and keeps its optimized form; where that cannot be kept, it is only opened.</summary>
    /// <param name="model">The content of an <c>.onnx</c> file.</param>
    /// <param name="key">Its hash.</param>
    /// <param name="options">How to open it.</param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime cannot load the model.</exception>
    public InferenceSession OpenAndKeep(byte[] model, string key, SessionOptions options)
    {
        Directory.CreateDirectory(folder);
        RemoveLeftovers();
        var made = Path.Combine(folder, $"{key}.{Guid.NewGuid():N}.tmp");
        try
        {
            options.OptimizedModelFilePath = made;
            var session = new InferenceSession(model, options);
            Keep(PathOf(key), File.ReadAllBytes(made));
            return session;
        }
        finally
        {
            File.Delete(made);
        }
    }

    // What processes left that were killed meanwhile.
    private void RemoveLeftovers()
    {
        foreach (var file in new DirectoryInfo(folder).GetFiles("*.tmp").Where(file => file.LastWriteTimeUtc < TimeProvider.System.GetUtcNow().UtcDateTime - _leftoverAge))
            file.Delete();
    }

    private string PathOf(string key) =>
        Path.Combine(folder, $"{key}-{OnnxRuntimeLibrary.Version}-{Processor}.onnx");

    private void Keep(string path, byte[] optimized)
    {
        try
        {
            AtomicFile.Write(path, stream =>
            {
                stream.Write(optimized);
                Span<byte> checksum = stackalloc byte[ChecksumLength];
                BinaryPrimitives.WriteUInt32LittleEndian(checksum, Checksum(optimized));
                stream.Write(checksum);
            });
            foreach (var old in new DirectoryInfo(folder).GetFiles("*.onnx").OrderByDescending(file => file.LastWriteTimeUtc).Skip(MostFiles))
                old.Delete();
        }
        catch (Exception exception) when (exception is FeatureTransferException or IOException or UnauthorizedAccessException)
        {
            // It is only a shortcut: without it the next process does the work again.
        }
    }

    // The layouts that ONNX Runtime chooses depend on the width of the vector units.
    private static string Processor { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{RuntimeInformation.ProcessArchitecture}{(Avx512F.IsSupported ? "-avx512" : Avx2.IsSupported ? "-avx2" : "")}{(Avx512Vbmi.IsSupported ? "-vbmi" : "")}{(Fma.IsSupported ? "-fma" : "")}").ToLowerInvariant();

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
            checksum = BitOperations.Crc32C(checksum, word);
        foreach (var rest in bytes[(bytes.Length & ~7)..])
            checksum = BitOperations.Crc32C(checksum, rest);
        return checksum;
    }
}
