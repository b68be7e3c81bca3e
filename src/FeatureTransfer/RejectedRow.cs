namespace FeatureTransfer;

/// <summary>A row that was left out of a run.</summary>
/// <param name="Input">The input: a path, or a name for bytes without one.</param>
/// <param name="Reason">Why it could not be used.</param>
/// <param name="Step">The step of the chain that left it out.</param>
public sealed record RejectedRow(string Input, string Reason, string Step);
