namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>The tokens around texts.</summary>
/// <param name="Start">Before the first text.</param>
/// <param name="Between">Between the texts of a pair.</param>
/// <param name="End">Behind the last text.</param>
/// <param name="Pad">What fills texts up; it is never looked at.</param>
/// <param name="SegmentIds">Whether the second text of a pair, and what is behind it, has the type 1.</param>
internal sealed record SpecialTokens(IReadOnlyList<int> Start, IReadOnlyList<int> Between, IReadOnlyList<int> End, int Pad, bool SegmentIds);
