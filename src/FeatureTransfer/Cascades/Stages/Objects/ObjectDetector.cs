using System.Text.Json.Serialization;
using FeatureTransfer.Backbones;
using FeatureTransfer.Devices;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Cascades;

/// <summary>
/// Finds objects in an image with a CenterNet, <c>centernet.human_models</c> among the cards: boxes in pixels of the image itself, scores and
/// labels, from the highest score to the lowest.
/// </summary>
public sealed class ObjectDetector : CascadeStage, IDisposable
{
    /// <summary>The layer, an alias of the card, that scores each class's centres: (batch, classes, height, width).</summary>
    public const string Heatmap = "heatmap";

    /// <summary>The layer, an alias of the card, with the distances of the four sides from a centre in pixels: (batch, 4, height, width).</summary>
    public const string Sides = "sides";

    private readonly ImagePreprocessor _preprocessor;
    private readonly OnnxStage _network;

    /// <summary>Opens a detector.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="backbone">A CenterNet, whose card has its labels and the layers <see cref="Heatmap"/> and <see cref="Sides"/>.</param>
    /// <param name="image">The image that it reads.</param>
    /// <param name="boxes">The boxes that it gives.</param>
    /// <param name="scores">Their scores: a tensor (n) of 0 to 1.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="options">Which objects are given. Default the defaults.</param>
    /// <param name="device">What it runs on. Default <see cref="Device.Auto"/>.</param>
    /// <exception cref="FeatureTransferException">The backbone is no such detector.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public ObjectDetector(string name, Backbone backbone, string image, string boxes, string scores, string labels, ObjectDetectorOptions? options = null, Device? device = null)
        : this(name, Detector(backbone), TextOf(backbone), backbone.Card.Labels, image, boxes, scores, labels, options ?? new ObjectDetectorOptions(), device)
    {
    }

    [JsonConstructor]
    private ObjectDetector(
        string name, OnnxModel network, string preprocessing, IReadOnlyList<string> classes, string image, string boxes, string scores, string labels, ObjectDetectorOptions options, Device? device)
        : base(
            name,
            [new(image, CascadeKind.Image)],
            [new(boxes, CascadeKind.Boxes), new(scores, CascadeKind.Tensor) { Shape = [null] }, new(labels, CascadeKind.Texts)])
    {
        options.Validate(classes);
        (Network, Preprocessing, Classes, Image, Boxes, Scores, Labels, Options, Device) = (network, preprocessing, classes, image, boxes, scores, labels, options, device);
        _preprocessor = new ImagePreprocessor(ImagePreprocessingText.Parse(preprocessing));
        _network = new OnnxStage(name, network, image, [Heatmap, Sides], device);
    }

    /// <summary>The image that it reads.</summary>
    public string Image { get; }

    /// <summary>The boxes that it gives.</summary>
    public string Boxes { get; }

    /// <summary>Their scores.</summary>
    public string Scores { get; }

    /// <summary>Their labels.</summary>
    public string Labels { get; }

    /// <summary>The labels that the detector knows.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Which objects are given.</summary>
    public ObjectDetectorOptions Options { get; }

    /// <summary>What it runs on; null is <see cref="Devices.Device.Auto"/>.</summary>
    public Device? Device { get; }

    /// <summary>The graph, cut to heatmap and sides.</summary>
    [JsonInclude]
    internal OnnxModel Network { get; }

    /// <summary>How an image becomes pixels, as model files have it.</summary>
    [JsonInclude]
    internal string Preprocessing { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<object> Run(IReadOnlyList<object> inputs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var encoded = (byte[])inputs[0];
        var (width, height) = CascadeImages.SizeOf(encoded);
        var maps = _network.Run([Pixels(encoded)], cancellation);
        var (heatmap, sides) = ((CascadeTensor)maps[0], (CascadeTensor)maps[1]);
        var (rows, columns) = (heatmap.Shape[2], heatmap.Shape[3]);
        var stride = (float)_preprocessor.Preprocessing.Width / columns;
        var found = CenterNetPeaks.Find(heatmap, sides, stride, label => Options.Labels.Count == 0 || Options.Labels.Contains(Classes[label]), Options.MinScore)
            .Select(one => one.Scaled((float)width / columns, (float)height / rows, width, height))
            .Where(one => one.Right > one.Left && one.Bottom > one.Top);
        var best = DetectedObject.Best(found, Options);
        return
        [
            new CascadeTensor(best.SelectMany(one => (float[])[one.Left, one.Top, one.Right, one.Bottom]).ToArray(), best.Count, 4),
            new CascadeTensor(best.Select(one => one.Score).ToArray(), best.Count),
            best.Select(one => Classes[one.Class]).ToList(),
        ];
    }

    /// <summary>Frees the session.</summary>
    public void Dispose() => _network.Dispose();

    private static OnnxModel Detector(Backbone backbone)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        var card = backbone.Card;
        if (!card.Layers.ContainsKey(Heatmap) || !card.Layers.ContainsKey(Sides))
            throw new FeatureTransferException($"{card.Origin}: the backbone '{card.Id}' is no detector: its card has no layers '{Heatmap}' and '{Sides}'. 'centernet.human_models' is one.");
        var model = GraphCutter.Cut(backbone.LoadModel(), [card.ResolveLayer(Heatmap), card.ResolveLayer(Sides)]);
        if (model.Outputs is not [{ Shape: [_, var classes, ..] }, { Shape: [_, 4, _, _] }] || classes != card.Labels.Count)
            throw new FeatureTransferException($"{card.Origin}: the detector '{card.Id}' gives {string.Join(" and ", model.Outputs)}, and its card has {card.Labels.Count} labels. Expected (batch, labels, height, width) and (batch, 4, height, width).");
        return model;
    }

    // Stretched, so that a cell of the network is a part of the image.
    private static string TextOf(Backbone backbone) =>
        (ImageTensor.Of(backbone.LoadModel(), backbone.Card.InputName).Fit(backbone.Card.Preprocessing) with { Resize = ResizeMode.Stretch }).Fingerprint;

    private CascadeTensor Pixels(byte[] encoded)
    {
        var preprocessing = _preprocessor.Preprocessing;
        var pixels = new float[preprocessing.TensorLength];
        _preprocessor.Read(encoded, pixels, Name);
        return preprocessing.Layout == TensorLayout.Nchw
            ? new CascadeTensor(pixels, 1, 3, preprocessing.Height, preprocessing.Width)
            : new CascadeTensor(pixels, 1, preprocessing.Height, preprocessing.Width, 3);
    }
}
