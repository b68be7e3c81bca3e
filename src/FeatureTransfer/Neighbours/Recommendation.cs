namespace FeatureTransfer.Neighbours;

/// <summary>An item that someone may like.</summary>
/// <param name="Row">Its place in the index, from 0.</param>
/// <param name="Name">Its name.</param>
/// <param name="Score">How well it fits, see <see cref="Recommender"/>.</param>
public readonly record struct Recommendation(int Row, string Name, double Score);
