using System.Globalization;

namespace FeatureTransfer.Benchmarks.Serving;

/// <summary>How much is measured.</summary>
internal sealed record ServingOptions
{
    public int Images { get; private init; } = 512;

    public int Clients { get; private init; } = 64;

    public int Rounds { get; private init; } = 5;

    /// <summary>Seconds at half load.</summary>
    public int Seconds { get; private init; } = 60;

    public int Hostile { get; private init; } = 10_000;

    public int Reloads { get; private init; } = 1000;

    public static ServingOptions Parse(string[] args)
    {
        var options = new ServingOptions();
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = int.Parse(args[i + 1], CultureInfo.InvariantCulture);
            options = args[i] switch
            {
                "--images" => options with { Images = value },
                "--clients" => options with { Clients = value },
                "--rounds" => options with { Rounds = value },
                "--seconds" => options with { Seconds = value },
                "--hostile" => options with { Hostile = value },
                "--reloads" => options with { Reloads = value },
                _ => throw new ArgumentException($"{args[i]} is not known. Expected --images, --clients, --rounds, --seconds, --hostile or --reloads."),
            };
        }

        return options;
    }
}
