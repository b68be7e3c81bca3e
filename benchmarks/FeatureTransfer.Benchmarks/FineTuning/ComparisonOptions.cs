using System.Globalization;

namespace FeatureTransfer.Benchmarks.FineTuning;

/// <summary>What is compared: <c>emoji|flowers [--seed N]... [--folds 5] [--images FOLDER] [--results FILE] [--fits N] [--set PATH=VALUE]...</c>.</summary>
internal sealed record ComparisonOptions
{
    /// <summary>The data.</summary>
    public string Task { get; init; } = "emoji";

    /// <summary>The seeds of folds and training. Default 1.</summary>
    public IReadOnlyList<int> Seeds { get; init; } = [1];

    /// <summary>The folds of a seed. Default 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>The flowers' folder. Default: the data set beside the repository.</summary>
    public string? Images { get; init; }

    /// <summary>Where the outcomes of folds are kept; a comparison that was stopped goes on from there.</summary>
    public string Results { get; init; } = Path.Combine("out", "fine-tuning.jsonl");

    /// <summary>How many folds are trained before the comparison stops, to be taken up by the next call. Default: all.</summary>
    public int Fits { get; init; } = int.MaxValue;

    /// <summary>What is laid over the tuned chain's pipeline.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>Reads the command line.</summary>
    public static ComparisonOptions Parse(string[] arguments)
    {
        if (arguments is not [("emoji" or "flowers") and var task, .. var rest] || rest.Length % 2 != 0)
            throw new ArgumentException("Expected emoji or flowers, then pairs of a name and a value: --seed, --folds, --images, --results, --fits, --set.");
        var pairs = rest.Chunk(2).ToList();
        var seeds = pairs.Where(pair => pair[0] == "--seed").Select(pair => int.Parse(pair[1], CultureInfo.InvariantCulture)).ToList();
        var options = new ComparisonOptions { Task = task, Overrides = [.. pairs.Where(pair => pair[0] == "--set").Select(pair => pair[1])], Seeds = seeds.Count > 0 ? seeds : [1] };
        return pairs.Where(pair => pair[0] is not ("--seed" or "--set")).Aggregate(options, (known, pair) => pair[0] switch
        {
            "--folds" => known with { Folds = int.Parse(pair[1], CultureInfo.InvariantCulture) },
            "--fits" => known with { Fits = int.Parse(pair[1], CultureInfo.InvariantCulture) },
            "--images" => known with { Images = pair[1] },
            "--results" => known with { Results = pair[1] },
            _ => throw new ArgumentException($"Unknown: {pair[0]}. Expected --seed, --folds, --images, --results, --fits or --set."),
        });
    }
}
