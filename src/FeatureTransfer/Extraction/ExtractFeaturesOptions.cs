using System.Text.Json.Serialization;
using FeatureTransfer.Devices;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.Extraction;

/// <summary>What <c>ExtractFeatures</c> does: which backbone, which layers, how they become one vector.</summary>
public sealed record ExtractFeaturesOptions
{
    /// <summary>The column that is added: a vector of floats. Default <c>Features</c>.</summary>
    public string OutputColumnName { get; init; } = "Features";

    /// <summary>The column that is read: a text, or the path (text) or content (vector of bytes) of an image or a recording. Default <c>ImagePath</c>.</summary>
    public string InputColumnName { get; init; } = "ImagePath";

    /// <summary>A second column of text, which the backbone reads behind the first as the other half of a pair. Default, and null: none.</summary>
    public string? PairColumnName { get; init; }

    /// <summary>The backbone: an id of the catalogue, a card's <c>.json</c> or a model's <c>.onnx</c>.</summary>
    public required string Backbone { get; init; }

    /// <summary>The layers to tap, aliases of the card or tensors, joined in this order. Default, and null: the card's default layers.</summary>
    public IReadOnlyList<string>? Layers { get; init; }

    /// <summary>How a layer becomes a vector. Default, and null: the card's.</summary>
    public Pooling? Pooling { get; init; }

    /// <summary>Whether each layer's vector is divided by its Euclidean length, so that products of vectors are their cosines. Default false.</summary>
    public bool UnitLength { get; init; }

    /// <summary>How a value becomes the input: an <see cref="Inputs.Images.ImagePreprocessing"/> for images, <see cref="Inputs.Text.TextPreprocessing"/> for text. Default, and null: the card's.</summary>
    [JsonIgnore]
    public Preprocessing? Preprocessing { get; init; }

    /// <summary>Rows a run of the model, 1 to 1024. Default, and null: chosen, see the remarks; 32 windows of like length for texts and recordings.</summary>
    /// <remarks>
    /// <para>
    /// This and the next three settings change the speed and the memory, and never the features: batches are compared with single rows, and
    /// where a bit differs, rows are run one by one.
    /// </para>
    /// <para>
    /// Those that are null start as one image a run and a run a core, which is sound on ordinary processors. Where more than some hundred rows
    /// have to be computed, the model is timed once, about a second, and the fastest setting is kept under FT_HOME for this machine
    /// and model.
    /// </para>
    /// </remarks>
    public int? BatchSize { get; init; }

    /// <summary>Inputs prepared at once. Default, and null: one a core.</summary>
    public int? DecodeThreads { get; init; }

    /// <summary>Threads within a run of the model. Default, and null: chosen, see <see cref="BatchSize"/>.</summary>
    public int? IntraOpThreads { get; init; }

    /// <summary>Runs of the model at once. Default, and null: chosen, see <see cref="BatchSize"/>.</summary>
    public int? Sessions { get; init; }

    /// <summary>What the backbone computes in. Default <see cref="Precision.Float32"/>.</summary>
    /// <remarks>
    /// <see cref="Precision.Int8"/> measures the backbone's tensors on the first rows that <c>Fit</c> is given, through the same
    /// preprocessing, compares the features of these rows with those in floats, and keeps what it made under FT_HOME. Images and texts
    /// only, on the CPU only.
    /// </remarks>
    public Precision Precision { get; init; }

    /// <summary>From how many of the first rows <see cref="Precision.Int8"/> takes its ranges. 1 to 10000, default 50.</summary>
    public int CalibrationRows { get; init; } = 50;

    /// <summary>The least mean cosine similarity of these rows' features to those in floats; below it <c>Fit</c> refuses. From -1 to 1, default 0.99.</summary>
    public double MinimumSimilarity { get; init; } = 0.99;

    /// <summary>What the backbone runs on, see <see cref="Devices.Device"/>. Default <see cref="Device.Auto"/>.</summary>
    public Device Device { get; init; } = Device.Auto;

    /// <summary>Whether features are read from and added to the cache. Default true. Prediction engines and other single rows do not use it.</summary>
    public bool UseCache { get; init; } = true;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">One or more options are out of range; the message names all of them.</exception>
    public void Validate()
    {
        List<string> faults = [];
        if (string.IsNullOrWhiteSpace(OutputColumnName))
            faults.Add($"{nameof(OutputColumnName)} is empty");
        if (string.IsNullOrWhiteSpace(InputColumnName))
            faults.Add($"{nameof(InputColumnName)} is empty");
        if (string.IsNullOrWhiteSpace(Backbone))
            faults.Add($"{nameof(Backbone)} is empty; expected an id such as 'resnet_18.mlnet' or a path");
        if (PairColumnName is { } pair && string.IsNullOrWhiteSpace(pair))
            faults.Add($"{nameof(PairColumnName)} is empty; expected a column's name, or null");
        if (BatchSize is < 1 or > 1024)
            faults.Add($"{nameof(BatchSize)} is {BatchSize}; expected 1 to 1024");
        if (DecodeThreads is < 1 or > 1024)
            faults.Add($"{nameof(DecodeThreads)} is {DecodeThreads}; expected 1 to 1024");
        if (IntraOpThreads is < 1 or > 1024)
            faults.Add($"{nameof(IntraOpThreads)} is {IntraOpThreads}; expected 1 to 1024");
        if (Sessions is < 1 or > 1024)
            faults.Add($"{nameof(Sessions)} is {Sessions}; expected 1 to 1024");
        if (CalibrationRows is < 1 or > 10000)
            faults.Add($"{nameof(CalibrationRows)} is {CalibrationRows}; expected 1 to 10000");
        if (!(MinimumSimilarity is >= -1 and <= 1))
            faults.Add(FormattableString.Invariant($"{nameof(MinimumSimilarity)} is {MinimumSimilarity}; expected -1 to 1"));
        if (Precision == Precision.Int8 && Device.Kind is not (DeviceKind.Auto or DeviceKind.Cpu))
            faults.Add($"{nameof(Device)} is {Device}, and {nameof(Precision)}.{nameof(Precision.Int8)} runs on the CPU; expected auto or cpu");
        if (faults.Count > 0)
            throw new ArgumentException($"{nameof(ExtractFeaturesOptions)}: {string.Join("; ", faults)}.");
    }
}
