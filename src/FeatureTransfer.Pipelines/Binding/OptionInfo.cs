namespace FeatureTransfer.Pipelines;

/// <summary>What is known about one option of a step, a data source or another part of a pipeline.</summary>
/// <param name="Name">The name in JSON.</param>
/// <param name="Expected">The values it takes, in words.</param>
/// <param name="Default">The default as JSON; null when the option is required.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="Description">What it does.</param>
public sealed record OptionInfo(string Name, string Expected, string? Default, bool Required, string Description);
