using System.Text.Json.Serialization;

namespace FeatureTransfer.Backbones;

/// <summary>A file that a backbone needs beside its graph.</summary>
public sealed record CardFile
{
    /// <summary>Where it comes from; one file.</summary>
    public required ModelSource Source { get; init; }

    /// <summary>Its SHA-256, in hexadecimal; null is unchecked, which only a source of kind <c>path</c> may be.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The file's own name, by which tokenizers know what is in it.</summary>
    [JsonIgnore]
    internal string Name => Source switch
    {
        // Resources are called by their namespace and the file: A.B.Resources.vocab.txt.
        { Resource: { } resource } => string.Join('.', resource.Split('.')[^2..]),
        { Files: [var file, ..] } => Path.GetFileName(file),
        { Path: { } path } => Path.GetFileName(path),
        { Url: { } url } => Path.GetFileName(new Uri(url).AbsolutePath),
        _ => "",
    };
}
