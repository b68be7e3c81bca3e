namespace FeatureTransfer.Pipelines.Results;

/// <summary>What features a run learned from.</summary>
/// <param name="Id">The backbone's id.</param>
/// <param name="Layers">The layers tapped.</param>
/// <param name="Pooling">How their maps became vectors.</param>
/// <param name="FeatureLength">The number of features a row.</param>
/// <param name="Licence">The licence of the weights, where the card names one.</param>
public sealed record BackboneSummary(string Id, IReadOnlyList<string> Layers, string Pooling, int FeatureLength, string? Licence)
{
    /// <summary>The layers in words.</summary>
    internal string LayersText => Layers.Count > 0 ? string.Join(", ", Layers) : "the first output";
}
