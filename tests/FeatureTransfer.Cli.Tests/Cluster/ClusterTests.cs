using FeatureTransfer.Cli.Commands;
using FeatureTransfer.Cli.Tests.Samples;
using FeatureTransfer.Extraction;
using FeatureTransfer.Orleans;
using FeatureTransfer.Orleans.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FeatureTransfer.Cli.Tests.Cluster;

/// <summary>Three silos that find each other through PostgreSQL: one in this process, and two in their own, which are killed.</summary>
[NonParallelizable]
[Platform("Linux")]
public class ClusterTests
{
    private const int PerClass = 250, DeadAfter = 6;
    private ColourFolder _colours = null!;
    private PostgresServer _postgres = null!;

    [OneTimeSetUp]
    public void Start() => (_postgres, _colours) = (PostgresServer.Start(), new ColourFolder(PerClass, size: 360));

    [OneTimeTearDown]
    public void Remove()
    {
        _postgres?.Dispose();
        _colours?.Dispose();
    }

    private string Store => Path.Combine(_colours.Root, "store");

    [Test, CancelAfter(300_000)]
    public async Task Extract_TwoOfThreeSilosKilled_GivesTheSameBytesAndNothingTwice(CancellationToken stop)
    {
        using var first = StartSilo("first");
        using var second = StartSilo("second");
        var cluster = ClusterOption.Read(_postgres.Address) with { DeadAfter = TimeSpan.FromSeconds(DeadAfter) };
        using var third = await ExtractionSilo.CreateAsync(new ExtractionSiloOptions { Cluster = cluster, Port = 0 }, cancellationToken: stop);
        await third.StartAsync(stop);
        Assert.That(await Task.WhenAll(first.FirstOutput, second.FirstOutput), Has.All.Contains("has joined the cluster"));

        var spread = Ft.RunAsync(Arguments("spread.csv", "--cluster", _postgres.Address, "--store", Store, "--shard-rows", "16"), stop);
        while (Count() < PerClass / 2 && !spread.IsCompleted)
            await Task.Delay(10, stop);
        await ForgetAsync(third);
        await Task.WhenAll(first.KillAfterAsync(TimeSpan.Zero), second.KillAfterAsync(TimeSpan.Zero));
        var atKill = Count();
        var (code, _, error) = await spread;
        await third.StopAsync(stop);

        Assert.That((code, error), Is.EqualTo((ExitCodes.Ok, error)), error);
        Assert.That(atKill, Is.LessThan(3 * PerClass), "they died in the middle of the work");
        Assert.That(error, Does.Contain("on 3 silos").And.Not.Contain("computed on this machine"));
        Assert.That(Count(), Is.EqualTo(3 * PerClass));
        Assert.That((await Ft.RunAsync(Arguments("alone.csv", "--no-cache"), stop)).Code, Is.EqualTo(ExitCodes.Ok));
        Assert.That(File.ReadAllBytes(Output("spread.csv")), Is.EqualTo(File.ReadAllBytes(Output("alone.csv"))));
        Assert.That(Directory.GetFiles(Path.Combine(Store, "jobs")), Is.Empty);
    }

    // As when the silo dies that has the board: the client has to submit its job again.
    private Task ForgetAsync(IHost silo)
    {
        var job = Guid.Parse(Path.GetFileNameWithoutExtension(Directory.GetFiles(Path.Combine(Store, "jobs"), "*.jsonl").Single()));
        return silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IJobBoard>(0).RemoveAsync(job);
    }

    private FtProcess StartSilo(string name) => FtProcess.Start(
        Directory.CreateDirectory(Path.Combine(_colours.Root, name)).FullName, ["silo", "--cluster", _postgres.Address, "--port", "0", "--dead-after", $"{DeadAfter}"]);

    private string[] Arguments(string output, params string[] more) => ["extract", _colours.Images, "--backbone", _colours.Backbone, "--output", Output(output), .. more];

    private string Output(string name) => Path.Combine(_colours.Root, name);

    private int Count()
    {
        using var cache = new FeatureCache(Store);
        return cache.Count;
    }
}
