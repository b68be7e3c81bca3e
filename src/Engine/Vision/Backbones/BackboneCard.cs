using System.Text.Json;
using LibVips;

namespace Microsoft.ML.Vision;

/// <summary>What has to be known of a network beside its weights: how images go in, and which tensors are its features.</summary>
internal sealed record BackboneCard
{
    private static readonly JsonDocumentOptions _lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The graph's input; null is its only one.</summary>
    public string? InputName { get; init; }

    /// <summary>How an image goes in; null is ML.NET's way: stretched, pixels from 0 to 1.</summary>
    public ImageInput? Image { get; init; }

    /// <summary>The tensors that are the features; none is what the network's last linear layer reads.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary><c>avg</c>, <c>max</c> or <c>flatten</c>.</summary>
    public string Pooling { get; init; } = "avg";

    /// <summary>Reads a card in the form of <c>onnx-models/model-card.schema.json</c>.</summary>
    /// <exception cref="FormatException">The card is no JSON, or a value is none that is known.</exception>
    public static BackboneCard Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path), _lenient);
            return Read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new FormatException($"{path}: the model card cannot be read: {e.Message}", e);
        }
    }

    private static BackboneCard Read(JsonElement card)
    {
        var aliases = card.TryGetProperty("layers", out var layers)
            ? layers.EnumerateObject().ToDictionary(layer => layer.Name, layer => layer.Value.GetString()!)
            : [];
        var features = card.TryGetProperty("defaultLayers", out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];
        return new()
        {
            InputName = card.TryGetProperty("inputName", out var input) ? input.GetString() : null,
            Image = ReadImage(card.TryGetProperty("preprocessing", out var preprocessing) ? preprocessing : default),
            Layers = [.. features.Select(name => aliases.GetValueOrDefault(name, name))],
            Pooling = Choose(card, "defaultPooling", "avg", ("avg", "avg"), ("max", "max"), ("flatten", "flatten"), ("none", "flatten")),
        };
    }

    // Defaults are those of the cards' schema.
    private static ImageInput ReadImage(JsonElement json) => new()
    {
        Name = "",
        Height = Number(json, "height", 224, e => e.GetInt32()),
        Width = Number(json, "width", 224, e => e.GetInt32()),
        Fit = Choose(json, "resize", ImageFit.Crop, ("crop", ImageFit.Crop), ("pad", ImageFit.Pad), ("stretch", ImageFit.Stretch)),
        CropFraction = Number(json, "cropFraction", 1.0, e => e.GetDouble()),
        Kernel = Choose(
            json, "interpolation", VipsKernel.Linear,
            ("nearest", VipsKernel.Nearest), ("bilinear", VipsKernel.Linear), ("bicubic", VipsKernel.Cubic), ("lanczos3", VipsKernel.Lanczos3)),
        IsBgr = Choose(json, "channels", false, ("rgb", false), ("bgr", true)),
        Scale = Number(json, "scale", 1 / 255f, e => e.GetSingle()),
        Mean = Channels(json, "mean", 0),
        Std = Channels(json, "std", 1),
        IsChannelsLast = Choose(json, "layout", false, ("nchw", false), ("nhwc", true)),
        Background = Number(json, "background", 0xFFFFFF, e => e.GetInt32()),
    };

    private static T Number<T>(JsonElement json, string name, T missing, Func<JsonElement, T> read) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? read(value) : missing;

    private static float[] Channels(JsonElement json, string name, float missing)
    {
        float[] values = Number(json, name, [missing, missing, missing], e => e.EnumerateArray().Select(v => v.GetSingle()).ToArray());
        return values.Length == 3 ? values : throw new FormatException($"'{name}' has {values.Length} values, expected one for each of 3 channels.");
    }

    private static T Choose<T>(JsonElement json, string name, T missing, params (string Text, T Value)[] known)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var value))
            return missing;
        string? text = value.GetString();
        int at = Array.FindIndex(known, pair => pair.Text == text);
        return at >= 0 ? known[at].Value : throw new FormatException($"'{name}' is '{text}', expected {string.Join(", ", known.Select(pair => pair.Text))}.");
    }
}
