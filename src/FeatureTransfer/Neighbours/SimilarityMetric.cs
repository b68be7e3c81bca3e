namespace FeatureTransfer.Neighbours;

/// <summary>How far apart two vectors are.</summary>
public enum SimilarityMetric
{
    /// <summary>1 minus the cosine of the angle between them, from 0 to 2: lengths do not count. A vector of zeros has no direction; its distance to every vector, itself included, is 1.</summary>
    Cosine,

    /// <summary>The length of their difference, from 0.</summary>
    Euclidean,
}
