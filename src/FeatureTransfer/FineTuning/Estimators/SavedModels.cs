using System.IO.Compression;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.FineTuning;

/// <summary>Finds tuned networks that were saved: as an ONNX file, or within a bundle.</summary>
internal static class SavedModels
{
    /// <summary>Reads a tuned network.</summary>
    /// <param name="path">An <c>.onnx</c> file that fine-tuning saved, or a bundle (<c>.ftm</c>) with one in it.</param>
    /// <exception cref="FeatureTransferException">The file cannot be read or holds no tuned network.</exception>
    public static OnnxModel Load(string path)
    {
        if (path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
            return OnnxModel.Load(path);
        try
        {
            using var zip = ZipFile.OpenRead(path);
            return zip.Entries.Where(entry => entry.Name.EndsWith(".onnx", StringComparison.Ordinal)).Select(entry => Read(path, entry)).FirstOrDefault(model => TuningLayout.Of(model) is not null)
                ?? throw new FeatureTransferException($"{path}: holds no tuned network. Expected a bundle whose pipeline ends with FineTune, or an .onnx file that it saved.");
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new FeatureTransferException($"{path}: the network to continue cannot be read ({exception.Message}) Expected an .onnx file that fine-tuning saved, or a bundle (.ftm).", exception);
        }
    }

    private static OnnxModel Read(string path, ZipArchiveEntry entry)
    {
        using var memory = new MemoryStream();
        using (var stream = entry.Open())
            stream.CopyTo(memory);
        return OnnxModel.Parse(memory.ToArray(), $"{path}/{entry.FullName}");
    }
}
