using FeatureTransfer.Export;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Pipelines.Bundles;

/// <summary>Writes bundles in forms that need nothing of ours to be read, or ML.NET's reader alone.</summary>
internal static class BundleExport
{
    /// <summary>Writes one ONNX file, and programs that use it where they are asked for.</summary>
    public static IReadOnlyList<string> Onnx(Bundle bundle, string path, OnnxExportOptions options, FeatureTransferServices services)
    {
        var answer = new ExportedAnswer(Enum.Parse<FineTuneTask>(bundle.Task.ToString()), bundle.Labels, bundle.Threshold);
        Func<ITransformer, OnnxModel>? networks = options.Int8 ? network => Int8Networks.GraphOf(network, options.CalibrationImages, services) : null;
        var model = Named(bundle.Path, () => OnnxExport.Of(new MLContext().Model, bundle.Model, bundle.InputSchema, answer, networks));
        var snippets = options.Snippets ? Named(bundle.Path, () => Snippets.Of(model, path)) : [];
        model.Save(path);
        foreach (var (file, text) in snippets)
            AtomicFile.WriteText(file, text);
        return [path, .. snippets.Select(snippet => snippet.Path)];
    }

    private static T Named<T>(string path, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (FeatureTransferException exception)
        {
            throw new FeatureTransferException($"{path}: {exception.Message}", exception);
        }
    }
}
