using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Backbones;

/// <summary>Makes cards for ONNX files of one's own by what their graphs tell. What they do not tell is how pixels are scaled.</summary>
public static class ModelCardGuess
{
    /// <summary>
    /// A card with the hash of the file and of those beside it that hold its weights, the input's name, layout and size, and names for layers worth tapping: <c>stride2</c>, <c>stride4</c> and
    /// so on are the last layers before images shrink further, <c>depth25</c> to <c>depth75</c> lie between the blocks of a transformer, and
    /// <c>features</c>, the default layer, is what the classifier takes, or what the graph ends with where it has none.
    /// </summary>
    /// <param name="path">The <c>.onnx</c> file.</param>
    /// <param name="preprocessing">How an image becomes the input; the layout is the graph's, and so is the size unless the graph leaves it open. Default, and null: pixels from 0 to 1, 224 x 224, which is wrong for most pretrained networks.</param>
    /// <exception cref="FeatureTransferException">The file is no ONNX model of images.</exception>
    public static ModelCard OfFile(string path, ImagePreprocessing? preprocessing = null)
    {
        var model = OnnxModel.Load(path);
        var card = OfInput(path, model, preprocessing ?? new ImagePreprocessing());
        var layers = LayerGuess.Find(ImageTensor.Prepare(model, card), ImageTensor.Of(model), card.Preprocessing);
        return card with
        {
            Sha256 = FileHash.Of(path),
            SizeInBytes = new FileInfo(path).Length,
            ExternalData = ExternalWeights.Files(path).ToDictionary(file => file.Key, file => FileHash.Of(file.Value), StringComparer.Ordinal),
            Layers = layers,
            DefaultLayers = [.. layers.Keys.TakeLast(1)],
        };
    }

    internal static string IdOf(string path) => $"{Path.GetFileNameWithoutExtension(path).Replace('.', '_').Replace(' ', '_')}.local";

    /// <summary>A card that knows the input alone, at no cost but reading the file.</summary>
    internal static ModelCard OfInput(string path, OnnxModel model, ImagePreprocessing preprocessing)
    {
        var input = ImageTensor.Of(model);
        return new ModelCard
        {
            Id = IdOf(path),
            Source = new ModelSource { Kind = ModelSourceKind.Path, Path = Path.GetFullPath(path) },
            InputName = input.Name,
            Preprocessing = input.Fit(preprocessing),
            Origin = Path.GetFullPath(path),
        };
    }
}
