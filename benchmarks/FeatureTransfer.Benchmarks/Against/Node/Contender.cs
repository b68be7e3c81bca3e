namespace FeatureTransfer.Benchmarks.Against.Node;

/// <summary>Somebody who turns images into features, or does a part of it, with the settings that may be tried.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Settings">The settings; the best one runs.</param>
internal sealed record Contender(string Name, IReadOnlyList<Setting> Settings)
{
    /// <summary>The setting that is fastest over a few images; so everybody has run once before the rounds begin.</summary>
    public Setting Best(IReadOnlyList<string> images) => Settings.MaxBy(setting => setting.Run(images))!;
}

/// <summary>One way to run.</summary>
/// <param name="Label">The setting in words.</param>
/// <param name="Run">Runs over the images, warm, and gives images a second.</param>
internal sealed record Setting(string Label, Func<IReadOnlyList<string>, double> Run);
