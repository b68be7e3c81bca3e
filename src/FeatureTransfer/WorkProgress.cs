namespace FeatureTransfer;

/// <summary>How far long work has come.</summary>
/// <param name="Stage">What is being done, for people to read.</param>
/// <param name="Done">Items done so far in this stage.</param>
/// <param name="Total">Items in all, or null when nobody knows yet.</param>
public readonly record struct WorkProgress(string Stage, long Done, long? Total);
