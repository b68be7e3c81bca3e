namespace FeatureTransfer.Variants;

/// <summary>A variant, and how it compares with the original.</summary>
/// <param name="Id">Its id, to name it as a backbone.</param>
/// <param name="CardPath">Its card.</param>
/// <param name="OnnxPath">Its model.</param>
/// <param name="Comparison">How near it is and how fast.</param>
/// <param name="OriginalBytes">The size of the original's file.</param>
/// <param name="Bytes">The size of its file.</param>
public sealed record VariantResult(string Id, string CardPath, string OnnxPath, VariantComparison Comparison, long OriginalBytes, long Bytes);

/// <summary>How the features of a variant compare with the original's, at the card's default layers on the CPU.</summary>
/// <param name="Images">How many images were compared.</param>
/// <param name="MinimumSimilarity">The cosine similarity of the image that differs most.</param>
/// <param name="MeanSimilarity">The mean cosine similarity.</param>
/// <param name="WorstImage">The image that differs most.</param>
/// <param name="SpeedRatio">How many times as fast the variant runs an image: the medians of the sample, one after the other.</param>
public sealed record VariantComparison(int Images, double MinimumSimilarity, double MeanSimilarity, string WorstImage, double SpeedRatio);
