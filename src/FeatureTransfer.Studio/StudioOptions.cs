namespace FeatureTransfer.Studio;

/// <summary>How a studio runs.</summary>
public sealed record StudioOptions
{
    /// <summary>The port on 127.0.0.1; 0 is any that is free. Default 5090.</summary>
    public int Port { get; init; } = 5090;

    /// <summary>An id of the catalogue, or the path of a card or an ONNX file. Default, and null: the default for the kind of files in the folder.</summary>
    public string? Backbone { get; init; }

    /// <summary>Where backbones and features come from. Default <see cref="FeatureTransferServices.Default"/>.</summary>
    public FeatureTransferServices Services { get; init; } = FeatureTransferServices.Default;
}
