using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json.Nodes;
using FeatureTransfer.Cli.Tests.Samples;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Cli.Tests;

/// <summary>Processes that are killed with no warning, at moments that a seed picks out of the time that a whole run takes.</summary>
[NonParallelizable]
public class CrashTests
{
    private const int PerClass = 120, Kills = 3, ImageSize = 240;
    private ColourFolder _colours = null!;
    private string _root = "";

    [SetUp]
    public void MakeFolders()
    {
        _colours = new ColourFolder(PerClass, size: ImageSize);
        _root = Directory.CreateTempSubdirectory("ft-crash-").FullName;
    }

    [TearDown]
    public void RemoveFolders()
    {
        _colours.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Test]
    public async Task Extract_KilledAtRandomMoments_EndsWithTheSameBytesAndNothingTwice([Values(".npy", ".csv")] string ending)
    {
        var (expected, whole) = await UndisturbedAsync(ending);
        var random = new Random(4);
        for (int kills = 0, round = 0; kills < Kills; round++)
        {
            var home = Home($"{ending}-{round}");
            var output = Path.Combine(home, "features" + ending);
            var kept = 0L;
            while (await IsKilledAsync(home, output, whole * (1.1 * random.NextDouble())))
            {
                kills++;
                if (File.Exists(output))
                    Assert.That(File.ReadAllBytes(output), Is.EqualTo(expected), "under its final name it is whole");
                kept = CheckCache(home, kept);
                await TestContext.Out.WriteLineAsync($"round {round}: killed, {kept} records are in the cache");
            }

            Assert.That(File.ReadAllBytes(output), Is.EqualTo(expected), $"round {round}");
            Assert.That(CheckCache(home, kept), Is.EqualTo(3 * PerClass), "nothing lost, nothing twice");
        }
    }

    [Test]
    public async Task Extract_TwoAtOnceAndOneKilled_TheOtherAndTheNextGiveTheSameBytes()
    {
        var (expected, whole) = await UndisturbedAsync(".npy");
        var random = new Random(5);
        var home = Home("two");
        string[] outputs = [.. Enumerable.Range(0, 3).Select(number => Path.Combine(home, $"{number}.npy"))];
        using (var first = Start(home, outputs[0]))
        using (var second = Start(home, outputs[1]))
        {
            await first.KillAfterAsync(whole * (0.5 + random.NextDouble()));
            var (code, _, error) = await second.WaitAsync();
            Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        }

        using (var third = Start(home, outputs[2]))
            Assert.That((await third.WaitAsync()).Code, Is.EqualTo(ExitCodes.Ok));
        Assert.That(File.ReadAllBytes(outputs[1]), Is.EqualTo(expected));
        Assert.That(File.ReadAllBytes(outputs[2]), Is.EqualTo(expected));
        using var cache = new FeatureCache(Path.Combine(home, "features"));
        Assert.That(cache.Count, Is.EqualTo(3 * PerClass));
    }

    [Test]
    public async Task Run_KilledAtRandomMoments_EndsWithTheSameOutputs()
    {
        string[] args = ["run", _colours.Pipeline, "--quiet", "--set", "split.repeats=4", "--set", "data.limit=120", "--set", "outputs.folder=" + Path.Combine(_root, "out")];
        var watch = Stopwatch.StartNew();
        using (var undisturbed = FtProcess.Start(Home("run"), args))
            Assert.That((await undisturbed.WaitAsync()).Code, Is.EqualTo(ExitCodes.Ok));
        var whole = watch.Elapsed;
        var expected = Outputs();
        Assert.That(expected, Has.Some.Contains("predictions").And.Some.Contains("model.ftm"));
        Directory.Delete(Path.Combine(_root, "out"), recursive: true);

        var random = new Random(6);
        for (var kills = 0; kills < 2; kills++)
        {
            using var ft = FtProcess.Start(Home("run-killed"), args);
            await ft.KillAfterAsync(whole * random.NextDouble());
        }

        using (var last = FtProcess.Start(Home("run-killed"), args))
            Assert.That((await last.WaitAsync()).Code, Is.EqualTo(ExitCodes.Ok));
        Assert.That(Outputs(), Is.EqualTo(expected));
    }

    private async Task<(byte[] Features, TimeSpan Time)> UndisturbedAsync(string ending)
    {
        var output = Path.Combine(_root, "expected" + ending);
        var watch = Stopwatch.StartNew();
        using var ft = Start(Home("undisturbed" + ending), output);
        var (code, _, error) = await ft.WaitAsync();
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        return (File.ReadAllBytes(output), watch.Elapsed);
    }

    private async Task<bool> IsKilledAsync(string home, string output, TimeSpan wait)
    {
        using var ft = Start(home, output);
        if (await ft.KillAfterAsync(wait))
            return true;
        var (code, _, error) = await ft.WaitAsync();
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        return false;
    }

    // What was there before a kill is there after it; whole records of one content are never written again.
    private static long CheckCache(string home, long before)
    {
        var found = new FeatureCacheFolder(Path.Combine(home, "features")).Verify();
        Assert.That(found.IsDamaged, Is.False, string.Join('\n', found.Faults));
        Assert.That(found.Records, Is.InRange(before, 3 * PerClass));
        return found.Records;
    }

    private FtProcess Start(string home, string output) => FtProcess.Start(home, ["extract", _colours.Images, "--backbone", _colours.Backbone, "--quiet", "--output", output]);

    private string Home(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    // All that a run wrote, without times and without the report, which shows them.
    private List<string> Outputs()
    {
        var outputs = new List<string>();
        foreach (var file in Directory.GetFiles(Path.Combine(_root, "out")).Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            if (file.EndsWith(".json", StringComparison.Ordinal))
                outputs.Add($"{Path.GetFileName(file)}: {WithoutTimes(File.ReadAllText(file))}");
            else if (file.EndsWith(".ftm", StringComparison.Ordinal))
                outputs.Add($"{Path.GetFileName(file)}: {Unzipped(File.ReadAllBytes(file))}");
            else if (!file.EndsWith(".html", StringComparison.Ordinal))
                outputs.Add($"{Path.GetFileName(file)}: {File.ReadAllText(file)}");
        }

        return outputs;
    }

    // Zip files hold times, too: what counts is in them.
    private static string Unzipped(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return string.Join('\n', archive.Entries.Select(entry =>
        {
            using var content = new MemoryStream();
            using (var stream = entry.Open())
                stream.CopyTo(content);
            var bytes = content.ToArray();
            var text = entry.Name.EndsWith(".zip", StringComparison.Ordinal) ? Unzipped(bytes)
                : entry.Name.EndsWith(".json", StringComparison.Ordinal) ? WithoutTimes(System.Text.Encoding.UTF8.GetString(bytes))
                : Convert.ToHexString(bytes);
            return $"{entry.FullName}: {text}";
        }));
    }

    private static string WithoutTimes(string json)
    {
        var node = JsonNode.Parse(json)!.AsObject();
        // The hashes of a manifest are those of the other entries, of which one is dated.
        foreach (var name in new[] { "started", "created", "seconds", "stageSeconds", "entries" })
            node.Remove(name);
        return node.ToJsonString();
    }
}
