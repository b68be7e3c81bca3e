using FeatureTransfer.Inputs;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Server.Models;

namespace FeatureTransfer.Server.Requests;

/// <summary>What <c>GET /model</c> tells.</summary>
internal sealed record ModelDescription
{
    /// <summary>The pipeline's name.</summary>
    public required string Name { get; init; }

    /// <summary>What is predicted.</summary>
    public required PipelineTask Task { get; init; }

    /// <summary>The labels; empty where the answer is a number.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>What an item has to hold.</summary>
    public required IReadOnlyList<InputDescription> Inputs { get; init; }

    /// <summary>How many features <c>POST /embed</c> gives; absent where the model has no frozen backbone.</summary>
    public int? Features { get; init; }

    /// <summary>From where on a row is called positive, or is given a label.</summary>
    public double? Threshold { get; init; }

    /// <summary>When it was trained.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When this server opened it.</summary>
    public required DateTimeOffset Opened { get; init; }

    /// <summary>A SHA-256 of what the file holds: another model has another.</summary>
    public required string Hash { get; init; }

    public static ModelDescription Of(ServedBundle model) => new()
    {
        Name = model.Bundle.Manifest.Name,
        Task = model.Bundle.Task,
        Labels = model.Bundle.Labels,
        Inputs = InputDescription.Of(new ItemFields(model.Items.Columns)),
        Features = model.Items.FeatureLength,
        Threshold = model.Bundle.Threshold,
        Created = model.Bundle.Manifest.Created,
        Opened = model.Opened,
        Hash = model.Bundle.Hash,
    };
}

/// <summary>A member that an item has to have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">image, audio, text or number.</param>
internal sealed record InputDescription(string Name, string Kind)
{
    public static IReadOnlyList<InputDescription> Of(ItemFields fields) =>
    [
        .. fields.ContentName is { } content ? [new InputDescription(content, fields.Columns.Content == Modality.Audio ? "audio" : "image")] : Array.Empty<InputDescription>(),
        .. fields.Columns.Texts.Select(name => new InputDescription(name, "text")),
        .. fields.Columns.Numbers.Select(name => new InputDescription(name, "number")),
    ];
}
