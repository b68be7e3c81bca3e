namespace FeatureTransfer.Studio.Session;

/// <summary>A file that was tried, and is not in the folder.</summary>
/// <param name="Name">What it was called.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Features">Its features.</param>
internal sealed record Trial(string Name, ReadOnlyMemory<byte> Content, float[] Features)
{
    /// <summary>The probability of each class, the likeliest first; empty where nothing is trained.</summary>
    public IReadOnlyList<(string Label, float Probability)> Answers { get; init; } = [];
}
