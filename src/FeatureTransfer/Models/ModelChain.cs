using Microsoft.ML.Data;

namespace FeatureTransfer.Models;

/// <summary>Walks chains of transformers, chains within chains included.</summary>
internal static class ModelChain
{
    /// <summary>Where ML.NET's model files keep the transformer.</summary>
    public const string Root = "TransformerChain";

    /// <summary>A model with other parts in it, or itself where nothing changes.</summary>
    /// <param name="model">A transformer or a chain.</param>
    /// <param name="map">Is given each transformer that is no chain, and its folder in ML.NET's model files.</param>
    public static ITransformer Map(ITransformer model, Func<ITransformer, string, ITransformer> map) => Map(model, Root, map);

    /// <summary>The parts of a chain, in order; null for what is no chain.</summary>
    public static IReadOnlyList<ITransformer>? Parts(ITransformer model) =>
        model.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(TransformerChain<>) ? [.. (IEnumerable<ITransformer>)model] : null;

    private static ITransformer Map(ITransformer model, string folder, Func<ITransformer, string, ITransformer> map)
    {
        if (Parts(model) is not { Count: > 0 } parts)
            return map(model, folder);
        var mapped = parts.Select((part, i) => Map(part, string.Create(CultureInfo.InvariantCulture, $"{folder}/Transform_{i:000}"), map)).ToArray();
        return mapped.SequenceEqual(parts, ReferenceEqualityComparer.Instance) ? model : new TransformerChain<ITransformer>(mapped);
    }
}
