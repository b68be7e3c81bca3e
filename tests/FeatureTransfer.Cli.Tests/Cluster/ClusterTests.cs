using System.Diagnostics;
using FeatureTransfer.Cli.Tests.Samples;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Cli.Tests.Cluster;

/// <summary>Silos as processes of their own, which find each other through PostgreSQL, and die.</summary>
[NonParallelizable]
[Platform("Linux")]
public class ClusterTests
{
    private const int PerClass = 400, Silos = 3;
    private ColourFolder _colours = null!;
    private string _root = "";

    [SetUp]
    public void MakeFolders()
    {
        _colours = new ColourFolder(PerClass, size: 360);
        _root = Directory.CreateTempSubdirectory("ft-cluster-").FullName;
    }

    [TearDown]
    public void RemoveFolders()
    {
        _colours.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Test, CancelAfter(120_000)]
    public async Task Extract_TwoOfThreeSilosKilled_GivesTheSameBytesAndNothingTwice(CancellationToken stop)
    {
        using var postgres = PostgresServer.Start();
        var expected = Extract("alone.csv");
        var silos = new List<FtProcess>();
        try
        {
            for (var silo = 0; silo < Silos; silo++)
                silos.Add(FtProcess.Start(Home($"silo{silo}"), ["silo", "--cluster", postgres.Address, "--port", "0", "--dead-after", "4"]));
            foreach (var silo in silos)
                Assert.That(await silo.FirstOutput, Does.Contain("has joined"), "each silo starts");
            var store = Path.Combine(_root, "store");
            string[] spread = ["--cluster", postgres.Address, "--store", store, "--shard-rows", "16"];
            using var client = FtProcess.Start(Home("client"), Arguments("spread.csv", spread));
            await WaitForRowsAsync(store, PerClass / 4, stop);
            await Task.WhenAll(silos.Take(2).Select(silo => silo.KillAfterAsync(TimeSpan.Zero)));
            var atKill = Count(store);
            var (code, _, error) = await client.WaitAsync();
            Assert.That((code, error), Is.EqualTo((ExitCodes.Ok, error)), error);
            Assert.That(atKill, Is.LessThan(3 * PerClass), "they died in the middle of the work");
            Assert.That(error, Does.Not.Contain("computed on this machine"));
            Assert.That(File.ReadAllBytes(Path.Combine(_root, "spread.csv")), Is.EqualTo(expected));
            Assert.That(Count(store), Is.EqualTo(3 * PerClass));
        }
        finally
        {
            silos.ForEach(silo => silo.Dispose());
        }
    }

    private byte[] Extract(string name)
    {
        using var alone = FtProcess.Start(Home("alone"), Arguments(name));
        var (code, _, error) = alone.WaitAsync().GetAwaiter().GetResult();
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        return File.ReadAllBytes(Path.Combine(_root, name));
    }

    private string[] Arguments(string name, params string[] more) => ["extract", _colours.Images, "--backbone", _colours.Backbone, "--output", Path.Combine(_root, name), .. more];

    private string Home(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    private static async Task WaitForRowsAsync(string store, int rows, CancellationToken stop)
    {
        while (Count(store) < rows)
            await Task.Delay(20, stop);
    }

    private static int Count(string store)
    {
        using var cache = new FeatureCache(store);
        return cache.Count;
    }
}
