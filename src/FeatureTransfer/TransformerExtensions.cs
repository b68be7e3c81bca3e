using FeatureTransfer.Models;

namespace FeatureTransfer;

/// <summary>What FeatureTransfer adds to ML.NET's transformers.</summary>
public static class TransformerExtensions
{
    /// <summary>
    /// The same model, whose parts tell of the rows that they leave out elsewhere: what is rejected while these rows are read belongs to this
    /// call and to no other.
    /// </summary>
    /// <param name="model">A transformer or a chain; it stays as it is.</param>
    /// <param name="sink">Is told of the rows.</param>
    /// <returns>A model that shares its sessions with the other: dispose of that one alone.</returns>
    public static ITransformer WithRejectedRows(this ITransformer model, IRejectedRowSink sink)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sink);
        return ModelChain.Map(model, (part, _) => Elsewhere(part), (made, _) => Elsewhere(made));

        ITransformer Elsewhere(ITransformer part) => part is IRejectsRows rejects ? rejects.With(sink) : part;
    }
}
