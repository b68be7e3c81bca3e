using System.Text.Json;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.FineTuning;

/// <summary>The names that matter in a tuned graph. They are written into the file, so that it can be trained further.</summary>
internal sealed record TuningLayout
{
    private const string Key = "featuretransfer.finetuned";

    /// <summary>What was learned.</summary>
    public required FineTuneTask Task { get; init; }

    /// <summary>The tensor that the head reads: (batch, features).</summary>
    public required string Features { get; init; }

    /// <summary>The initializers that standardize the features; null where nothing does.</summary>
    public string? Mean { get; init; }

    /// <summary>The factors that standardize the features.</summary>
    public string? Scale { get; init; }

    /// <summary>The weights of the head, weight and bias in turn, first layer first.</summary>
    public required IReadOnlyList<string> Weights { get; init; }

    /// <summary>The tensor before the last activation: (batch, outputs).</summary>
    public required string Logits { get; init; }

    /// <summary>The output: probabilities, or numbers.</summary>
    public required string Scores { get; init; }

    /// <summary>For numbers, the initializer that holds the labels' mean.</summary>
    public string? LabelMean { get; init; }

    /// <summary>For numbers, the initializer that holds the labels' deviation.</summary>
    public string? LabelScale { get; init; }

    /// <summary>The classes, in the order of the scores; empty for numbers.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The first weight of the head: (features, outputs or hidden).</summary>
    public string FirstWeight => Weights[0];

    /// <summary>Writes the layout into a model.</summary>
    public void WriteTo(ModelProto model)
    {
        foreach (var old in model.MetadataProps.Where(entry => entry.Key == Key).ToList())
            model.MetadataProps.Remove(old);
        model.MetadataProps.Add(new StringStringEntryProto { Key = Key, Value = JsonSerializer.Serialize(this) });
    }

    /// <summary>Reads the layout of a model; null when the model has none.</summary>
    public static TuningLayout? Of(OnnxModel model) =>
        model.Proto.MetadataProps.FirstOrDefault(entry => entry.Key == Key) is { } entry ? JsonSerializer.Deserialize<TuningLayout>(entry.Value) : null;
}
