namespace FeatureTransfer.Cli.Diagnosis;

/// <summary>What was found of one part.</summary>
/// <param name="Part">The part.</param>
/// <param name="Ok">Whether it is there and works.</param>
/// <param name="Needed">Whether nothing goes without it.</param>
/// <param name="Found">What was found, or why not.</param>
internal sealed record Finding(string Part, bool Ok, bool Needed, string Found);
