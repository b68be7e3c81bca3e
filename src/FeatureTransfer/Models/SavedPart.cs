using System.Text.Json;

namespace FeatureTransfer.Models;

/// <summary>What a model file says of a part of ours, beside its graph.</summary>
internal abstract record SavedPart
{
    /// <summary>Makes the part.</summary>
    /// <param name="graph">Its graph.</param>
    /// <param name="services">Where features are kept and who is told.</param>
    public abstract ITransformer Open(OnnxModel graph, FeatureTransferServices services);
}

/// <summary>Where a part of ours lies in a model file.</summary>
internal sealed record SavedPlace
{
    /// <summary>The folder of the built-in transformers that stand for it.</summary>
    public required string Folder { get; init; }

    /// <summary>The entry with its graph, among those.</summary>
    public required string Graph { get; init; }

    /// <summary>The kind of the part, see <see cref="IModelPart.Kind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The part as JSON.</summary>
    public required JsonElement Part { get; init; }
}

/// <summary>What a model file says of a composite, beside its parts.</summary>
internal abstract record SavedComposite
{
    /// <summary>Makes the composite.</summary>
    /// <param name="parts">Its parts.</param>
    public abstract ITransformer Open(IReadOnlyList<ITransformer> parts);
}

/// <summary>Where a composite lies in a model file.</summary>
internal sealed record CompositePlace
{
    /// <summary>The folder of the chain that stands for it.</summary>
    public required string Folder { get; init; }

    /// <summary>The kind of the composite, see <see cref="ICompositePart.Kind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The composite as JSON.</summary>
    public required JsonElement Composite { get; init; }
}
