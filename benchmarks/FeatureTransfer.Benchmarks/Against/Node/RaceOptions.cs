using System.Globalization;

namespace FeatureTransfer.Benchmarks.Against.Node;

/// <summary>How the race is run.</summary>
/// <param name="Images">How many images a run. Default 2,000.</param>
/// <param name="Rounds">How many rounds. Default 5.</param>
/// <param name="Folder">Where the JPEGs are. Default, and null: the flower photographs beside the repository.</param>
internal sealed record RaceOptions(int Images = 2_000, int Rounds = 5, string? Folder = null)
{
    /// <summary>Reads <c>--count N --rounds N --images FOLDER</c>.</summary>
    public static RaceOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new RaceOptions();
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            options = arguments[i] switch
            {
                "--count" => options with { Images = int.Parse(arguments[i + 1], CultureInfo.InvariantCulture) },
                "--rounds" => options with { Rounds = int.Parse(arguments[i + 1], CultureInfo.InvariantCulture) },
                "--images" => options with { Folder = arguments[i + 1] },
                _ => throw new ArgumentException($"'{arguments[i]}' is unknown; expected --count N, --rounds N, --images FOLDER."),
            };
        }

        return options;
    }
}
