using FeatureTransfer.Inputs;

namespace FeatureTransfer.Extraction;

/// <summary>The columns that a network reads.</summary>
/// <param name="Input">The column with the values.</param>
/// <param name="Pair">The column with the other halves of pairs; null where there are none.</param>
/// <param name="Modality">What the values are.</param>
internal sealed record InputColumns(string Input, string? Pair, Modality Modality);
