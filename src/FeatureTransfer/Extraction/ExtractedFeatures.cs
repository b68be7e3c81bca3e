namespace FeatureTransfer.Extraction;

/// <summary>The features of one input.</summary>
/// <param name="Input">The path, or the name of the input.</param>
/// <param name="Features">The values.</param>
public sealed record ExtractedFeatures(string Input, float[] Features);

/// <summary>The features of one item.</summary>
/// <typeparam name="T">The caller's own type.</typeparam>
/// <param name="Item">The item, as it was given.</param>
/// <param name="Features">The values.</param>
public sealed record ExtractedFeatures<T>(T Item, float[] Features);
