using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Backbones;

/// <summary>Finds and names the layers of a graph that are worth tapping.</summary>
internal static class LayerGuess
{
    /// <summary>The alias of what the classifier takes.</summary>
    public const string Features = "features";

    private const int FewestBlocks = 4;

    private static readonly HashSet<string> _arranging = new(["Pad", "Transpose", "Reshape", "Identity", "Dropout"], StringComparer.Ordinal);
    private static readonly HashSet<string> _pooling = new(["GlobalAveragePool", "AveragePool", "ReduceMean"], StringComparer.Ordinal);
    private static readonly HashSet<string> _probabilities = new(["Softmax", "LogSoftmax", "Sigmoid"], StringComparer.Ordinal);

    /// <summary>Aliases in the order of the graph: <c>stride8</c> for where images last have an eighth of their size, <c>depth50</c> for half-way through a transformer, and <c>features</c>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">Its input.</param>
    /// <param name="size">The height and width of images.</param>
    public static IReadOnlyDictionary<string, string> Find(OnnxModel model, ImageTensor input, ImagePreprocessing size)
    {
        var part = ImagePart(model, input.Name);
        var bottlenecks = Bottlenecks.Find(part, input.Name);
        var layers = LayerTable.Describe(part, size.Height, size.Width).Where(layer => bottlenecks.Contains(layer.Name)).ToList();
        var features = FeaturesOf(part, layers);
        var named = Blocks(layers) is { Count: > 0 } blocks ? blocks : Stages(layers, size);
        var aliases = named.Where(alias => alias.Tensor != features).ToList();
        if (features is not null)
            aliases.Add((Features, features));
        return aliases.ToDictionary(alias => alias.Name, alias => alias.Tensor, StringComparer.Ordinal);
    }

    // Models of images and texts have outputs that need both.
    private static OnnxModel ImagePart(OnnxModel model, string input) => model.Outputs
        .Select(output => GraphCutter.Cut(model, [output.Name]))
        .FirstOrDefault(part => part.Inputs is [var only] && only.Name == input) ?? model;

    // Where the head is no fully connected layer: what the last pooling gives, else the output, unless it says how probable classes are.
    private static string? FeaturesOf(OnnxModel model, List<LayerInfo> layers)
    {
        var output = model.Outputs[0].Name;
        var ending = model.Proto.Graph.Node.First(node => node.Output.Contains(output)).OpType;
        return ClassifierInput.Find(model)
            ?? layers.FindLast(layer => _pooling.Contains(layer.Op) && layer.Shape is [1, _, 1, 1])?.Name
            ?? (_probabilities.Contains(ending) ? null : output);
    }

    private static List<(string Name, string Tensor)> Stages(IEnumerable<LayerInfo> layers, ImagePreprocessing size)
    {
        var last = new SortedDictionary<int, string>();
        foreach (var layer in layers.Where(layer => !_arranging.Contains(layer.Op)))
        {
            if (Stride(layer.Shape, size) is { } stride)
                last[stride] = layer.Name;
        }

        return [.. last.Select(stage => (string.Create(CultureInfo.InvariantCulture, $"stride{stage.Key}"), stage.Value))];
    }

    // Rounded to a power of two, as layers without padding lose a pixel here and there. One that fits only one axis is another layout.
    private static int? Stride(IReadOnlyList<long> shape, ImagePreprocessing size)
    {
        if (shape is not [1, _, > 0 and var height, > 0 and var width] || height * width == 1)
            return null;
        var (down, across) = (Math.Round(Math.Log2((double)size.Height / height)), Math.Round(Math.Log2((double)size.Width / width)));
        return down == across && down >= 1 ? 1 << (int)down : null;
    }

    // The sums that end the blocks of a transformer: (1, tokens, hidden).
    private static List<(string Name, string Tensor)> Blocks(IEnumerable<LayerInfo> layers)
    {
        var sums = layers.Where(layer => layer is { Op: "Add", Shape: [1, > 1, > 1] }).ToList();
        return sums.Count < FewestBlocks ? [] : [.. new[] { 25, 50, 75 }.Select(percent =>
            (string.Create(CultureInfo.InvariantCulture, $"depth{percent}"), sums[(sums.Count - 1) * percent / 100].Name))];
    }
}
