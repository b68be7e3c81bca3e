using Microsoft.ML.Data;

namespace FeatureTransfer.Models;

/// <summary>Walks chains of transformers, chains within chains and composites included.</summary>
internal static class ModelChain
{
    /// <summary>Where ML.NET's model files keep the transformer.</summary>
    public const string Root = "TransformerChain";

    /// <summary>A model with other parts in it, or itself where nothing changes.</summary>
    /// <param name="model">A transformer or a chain.</param>
    /// <param name="map">Is given each transformer that holds no others, and its folder in ML.NET's model files.</param>
    /// <param name="whole">Is given each chain and composite, inner ones first, when its parts are mapped. Default: they stay as they are.</param>
    public static ITransformer Map(ITransformer model, Func<ITransformer, string, ITransformer> map, Func<ITransformer, string, ITransformer>? whole = null) =>
        Map(model, Root, map, whole ?? ((made, _) => made));

    /// <summary>The parts of a chain, in order; null for what is no chain.</summary>
    public static IReadOnlyList<ITransformer>? Parts(ITransformer model) =>
        model.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(TransformerChain<>) ? [.. (IEnumerable<ITransformer>)model] : null;

    private static ITransformer Map(ITransformer model, string folder, Func<ITransformer, string, ITransformer> map, Func<ITransformer, string, ITransformer> whole)
    {
        var composite = model as ICompositePart;
        if ((composite is null ? Parts(model) : composite.Parts) is not { Count: > 0 } parts)
            return map(model, folder);
        var mapped = parts.Select((part, i) => Map(part, string.Create(CultureInfo.InvariantCulture, $"{folder}/Transform_{i:000}"), map, whole)).ToArray();
        var made = mapped.SequenceEqual(parts, ReferenceEqualityComparer.Instance) ? model : composite?.With(mapped) ?? new TransformerChain<ITransformer>(mapped);
        return whole(made, folder);
    }
}
