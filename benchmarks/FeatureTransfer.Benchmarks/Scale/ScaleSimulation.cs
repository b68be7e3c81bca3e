namespace FeatureTransfer.Benchmarks.Scale;

/// <summary>How much of a cluster's time slow and dying silos cost, by the size of shards; printed as the table of docs/scale.md.</summary>
internal static class ScaleSimulation
{
    private const int Rows = 10_000_000, Silos = 100, Seed = 1, Runs = 5;
    private static readonly (string Text, double Slow, double Hours)[] _conditions =
    [
        ("all alike", 0, double.PositiveInfinity),
        ("a tenth four times slower", 0.1, double.PositiveInfinity),
        ("each dies once in 10 h", 0, 10),
        ("both", 0.1, 10),
        ("both, and each dies once an hour", 0.1, 1),
    ];

    public static int Run()
    {
        Console.WriteLine($"{Rows:N0} rows, {Silos} silos of 179 rows/s, medians of {Runs} seeds");
        Console.WriteLine("| silos are | shard | time | of the ideal | deaths | rows done twice |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var (text, slow, hours) in _conditions)
        {
            foreach (var shardRows in new[] { 64, 512, 4096, 32768 })
                Console.WriteLine(Line(new SimulatedConditions(Silos, Rows, shardRows, slow, hours), text));
        }

        return 0;
    }

    private static string Line(SimulatedConditions conditions, string text)
    {
        var outcomes = Enumerable.Range(Seed, Runs).Select(seed => new SimulatedCluster(conditions, seed).Run()).OrderBy(outcome => outcome.Seconds).ToList();
        var median = outcomes[Runs / 2];
        return $"| {text} | {conditions.ShardRows} | {TimeSpan.FromSeconds(median.Seconds):h\\:mm\\:ss} | {median.Seconds / median.Ideal:0.000} | {median.Deaths} | {100.0 * median.Twice / conditions.Rows:0.0000} % |";
    }
}
