using FeatureTransfer.Models;

namespace FeatureTransfer.FineTuning;

/// <summary>Finds tuned networks that were saved: as an ONNX file, or within a model file.</summary>
internal static class SavedModels
{
    /// <summary>Reads a tuned network.</summary>
    /// <param name="path">An <c>.onnx</c> file that fine-tuning saved, or a model file (<c>.ftm</c>) with one in it.</param>
    /// <exception cref="FeatureTransferException">The file cannot be read or holds no tuned network.</exception>
    public static OnnxModel Load(string path)
    {
        if (path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
            return OnnxModel.Load(path);
        using var file = ModelFile.Read(path);
        return file.Graphs().FirstOrDefault(model => TuningLayout.Of(model) is not null)
            ?? throw new FeatureTransferException($"{path}: holds no tuned network. Expected a model file whose chain ends with FineTune, or an .onnx file that it saved.");
    }
}
