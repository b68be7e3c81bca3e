namespace FeatureTransfer.Neighbours;

/// <summary>An item that a search found.</summary>
/// <param name="Row">Its place in the index, from 0.</param>
/// <param name="Name">Its name.</param>
/// <param name="Distance">How far it is from what was searched for, in the index's metric.</param>
public readonly record struct Neighbour(int Row, string Name, float Distance);
