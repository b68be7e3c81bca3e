using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Inputs.Text;
using ElementType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Export;

/// <summary>What an exported graph is fed with. Networks that read one column through the same preprocessing share an input.</summary>
internal sealed class ExportedInputs(GraphAssembly graph)
{
    private const string Batch = "batch";
    private readonly Dictionary<string, string> _images = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _prepared = new(StringComparer.Ordinal);
    private readonly List<ExportedInput> _inputs = [];

    /// <summary>Whether a batch is one row, since some part of the graph takes no more.</summary>
    public bool IsFixed { get; set; }

    /// <summary>An input for the values of a column.</summary>
    public string Column(string name, ElementType type, int length)
    {
        var input = graph.Input(name, type, Batch, length);
        _inputs.Add(new ExportedInput { Name = input, Kind = "column", Column = name });
        return input;
    }

    /// <summary>The tensors that a network reads, by the names that it has for them; an image's is its only one.</summary>
    /// <exception cref="FeatureTransferException">No caller could prepare the input by itself.</exception>
    public IReadOnlyDictionary<string, string> Of(ExtractFeaturesTransformer network)
    {
        var key = $"{network.Options.InputColumnName}|{network.Options.PairColumnName}|{network.Preparation.Fingerprint}";
        if (!_prepared.TryGetValue(key, out var tensors))
            _prepared.Add(key, tensors = Prepare(network));
        return tensors;
    }

    /// <summary>Declares how many rows a batch has, and says what is left of the inputs in a finished graph.</summary>
    public IReadOnlyList<ExportedInput> Finish(OnnxModel model)
    {
        foreach (var size in model.Proto.Graph.Input.Concat(model.Proto.Graph.Output).Select(value => value.Type.TensorType.Shape.Dim[0]).Where(size => IsFixed && size.DimParam == Batch))
            size.DimValue = 1;
        var left = model.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        return [.. _inputs.Where(input => left.Contains(input.Name))];
    }

    private IReadOnlyDictionary<string, string> Prepare(ExtractFeaturesTransformer network) => network.Preparation switch
    {
        ImagePreparation image => new Dictionary<string, string> { [""] = PixelNodes.Add(graph.Builder, Pixels(network.Options.InputColumnName, image.Preprocessing), image.Preprocessing) },
        TextPreparation text => Tokens(network, text),
        _ => throw new FeatureTransferException($"The model cannot become one ONNX file: it reads {network.Preparation.Modality.ToString().ToLowerInvariant()}, whose decoding and windows are no part of a graph. Its own model file and ML.NET's (.zip) run everything."),
    };

    private string Pixels(string column, ImagePreprocessing preprocessing)
    {
        var described = ExportedImage.Of(preprocessing);
        var key = $"{column}|{described}";
        if (_images.TryGetValue(key, out var name))
            return name;
        _images.Add(key, name = graph.Input("pixels", ElementType.Uint8, Batch, preprocessing.Height, preprocessing.Width, 3));
        _inputs.Add(new ExportedInput { Name = name, Kind = "pixels", Column = column, Image = described });
        return name;
    }

    private Dictionary<string, string> Tokens(ExtractFeaturesTransformer network, TextPreparation text)
    {
        string[] names = ["input_ids", "attention_mask", "token_type_ids"];
        var described = ExportedText.Of(text.Settings, network.Options.PairColumnName);
        var tokens = $"tokens{(_prepared.Count == 0 ? "" : $"_{_prepared.Count}")}";
        var tensors = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (feed, name) in text.Feeds.Names.Zip(names))
        {
            tensors.Add(feed, graph.Input(name, ElementType.Int64, Batch, tokens));
            _inputs.Add(new ExportedInput { Name = tensors[feed], Kind = name, Column = network.Options.InputColumnName, Text = name == names[0] ? described : null });
        }

        return tensors;
    }
}
