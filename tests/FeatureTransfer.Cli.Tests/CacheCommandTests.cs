using System.Text.Json;
using FeatureTransfer.Cli.Tests.Samples;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Cli.Tests;

[NonParallelizable]
public class CacheCommandTests
{
    private static readonly byte[] _scope = FeatureKey.Scope([1], "preprocessing");
    private string _folder = "";

    [SetUp]
    public void Fill()
    {
        _folder = Directory.CreateTempSubdirectory("ft-cache-").FullName;
        using var cache = new FeatureCache(_folder);
        cache.Describe(_scope, new FeatureScope { Backbone = "some.backbone", Layers = ["block_8", "block_13"], Pooling = "Max", Preprocessing = "image1|8x8" });
        for (var number = 0; number < 5; number++)
        {
            cache.Add(FeatureKey.Of([(byte)number], _scope), [number, 1f]);

            // Records of one moment would go together.
            Thread.Sleep(3);
        }
    }

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Stats_Table_SaysWhatIsThereInWords()
    {
        var (code, output, error) = await RunAsync("stats");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Match(@"backbone +layers +pooling +preprocessing +features +size +segments +oldest +newest"));
        Assert.That(output, Does.Match(@"some\.backbone +block_8, block_13 +Max +image1\|8x8 +5 +[0-9.]+ K?B +1 +\d{4}-"));
        Assert.That(output, Does.Contain($"{_folder}: 5 feature vectors"));
    }

    [Test]
    public async Task Stats_Json_HasTheScopes()
    {
        var (code, output, _) = await RunAsync("stats", "--json");
        using var json = JsonDocument.Parse(output);
        var scope = json.RootElement.GetProperty("scopes").EnumerateArray().Single();
        Assert.That(code, Is.EqualTo(ExitCodes.Ok));
        Assert.That(scope.GetProperty("records").GetInt32(), Is.EqualTo(5));
        Assert.That(scope.GetProperty("description").GetProperty("backbone").GetString(), Is.EqualTo("some.backbone"));
        Assert.That(json.RootElement.GetProperty("bytes").GetInt64(), Is.EqualTo(new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)));
    }

    [Test]
    public async Task Stats_AfterExtract_NamesTheBackbone()
    {
        using var colours = new ColourFolder(3);
        string[] extract = ["extract", colours.Images, "--backbone", colours.Backbone, "--layers", "colour", "--pooling", "max", "--quiet", "--output", Path.Combine(colours.Root, "a.npy")];
        using (var none = FtProcess.Start(colours.Root, [.. extract, "--no-cache"]))
            Assert.That((await none.WaitAsync()).Code, Is.EqualTo(ExitCodes.Ok));
        Assert.That(Path.Combine(colours.Root, "features"), Does.Not.Exist);
        using (var kept = FtProcess.Start(colours.Root, extract))
            Assert.That((await kept.WaitAsync()).Code, Is.EqualTo(ExitCodes.Ok));
        var (_, output, _) = await Ft.RunAsync("cache", "stats", "--folder", Path.Combine(colours.Root, "features"));
        Assert.That(output, Does.Match(@"colours\.local +colour +Max +image\d\|8x8\S+ +9 "));
    }

    [Test]
    public async Task Stats_NoCache_SaysSo()
    {
        var (code, output, _) = await Ft.RunAsync("cache", "stats", "--folder", Path.Combine(_folder, "none"));
        Assert.That((code, output), Is.EqualTo((ExitCodes.Ok, $"{Path.Combine(_folder, "none")}: 0 feature vectors, 0 B{Environment.NewLine}")));
    }

    [Test]
    public async Task Verify_Whole_IsOk()
    {
        var (code, output, error) = await RunAsync("verify", "--quiet");
        Assert.That((code, error), Is.EqualTo((ExitCodes.Ok, "")));
        Assert.That(output, Does.Contain("5 feature vectors are whole"));
    }

    [Test]
    public async Task Verify_ByteFlipped_FailsNamesThePlaceAndTheWayOut()
    {
        Damage();
        var (code, output, error) = await RunAsync("verify", "--quiet");
        Assert.That(code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(output, Does.Match(@"\.features +\d+ +64 +the values do not fit").And.Contain("4 feature vectors are whole"));
        Assert.That(error, Does.Contain("ft cache prune"));
        var (_, json, _) = await RunAsync("verify", "--quiet", "--json");
        using var found = JsonDocument.Parse(json);
        Assert.That(found.RootElement.GetProperty("damaged").GetBoolean());
        Assert.That(found.RootElement.GetProperty("faults").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Prune_Damaged_RemovesThatAndVerifyIsOkAgain()
    {
        Damage();
        var (code, output, error) = await RunAsync("prune");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Contain("1 feature vectors removed, 4 kept"));
        Assert.That((await RunAsync("verify", "--quiet")).Code, Is.EqualTo(ExitCodes.Ok));
    }

    [TestCase("--max-size", "128", 2)]
    [TestCase("--max-size", "0.2kb", 3)]
    [TestCase("--max-size", "10GB", 5)]
    [TestCase("--max-age", "1d", 5)]
    [TestCase("--max-age", "0.5H", 5)]
    [TestCase("--max-age", "0m", 0)]
    [TestCase("--backbone", "some.backbone", 0)]
    [TestCase("--backbone", "other", 5)]
    [TestCase("--unknown", "true", 5)]
    public async Task Prune_Option_KeepsTheOthers(string option, string value, int kept)
    {
        var (code, output, error) = await RunAsync("prune", option, value, "--json");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        using var json = JsonDocument.Parse(output);
        Assert.That(json.RootElement.GetProperty("recordsKept").GetInt32(), Is.EqualTo(kept));
        using var left = new FeatureCache(_folder);
        Assert.That(left.Count, Is.EqualTo(kept));
    }

    [TestCase("--max-size", "much")]
    [TestCase("--max-size", "-1GB")]
    [TestCase("--max-age", "90")]
    [TestCase("--max-age", "d")]
    public async Task Prune_WrongValue_IsWrongUsage(string option, string value)
    {
        var (code, _, error) = await RunAsync("prune", option, value);
        Assert.That(code, Is.EqualTo(ExitCodes.Usage));
        Assert.That(error, Does.Contain(value));
    }

    [TestCase("y", ExpectedResult = 0)]
    [TestCase("Yes", ExpectedResult = 0)]
    [TestCase("n", ExpectedResult = 5)]
    [TestCase("", ExpectedResult = 5)]
    public async Task<int> Clear_Asks(string answer)
    {
        var before = Console.In;
        Console.SetIn(new StringReader(answer));
        try
        {
            var (code, _, error) = await RunAsync("clear");
            Assert.That(error, Does.Contain("Remove 5 feature vectors").And.Contain(_folder));
            using var cache = new FeatureCache(_folder);
            Assert.That(code, Is.EqualTo(cache.Count == 0 ? ExitCodes.Ok : ExitCodes.Cancelled));
            return cache.Count;
        }
        finally
        {
            Console.SetIn(before);
        }
    }

    [Test]
    public async Task Clear_Yes_DoesNotAsk()
    {
        var (code, output, error) = await RunAsync("clear", "--yes");
        Assert.That((code, error), Is.EqualTo((ExitCodes.Ok, "")));
        Assert.That(output, Does.Contain("freed"));
        Assert.That(Directory.GetDirectories(_folder), Is.Empty);
    }

    private Task<FtOutcome> RunAsync(string command, params string[] args) => Ft.RunAsync(["cache", command, "--folder", _folder, .. args]);

    private void Damage()
    {
        var segment = Directory.GetFiles(_folder, "*.features", SearchOption.AllDirectories).Single();
        var bytes = File.ReadAllBytes(segment);
        bytes[^1] ^= 0xFF;
        File.WriteAllBytes(segment, bytes);
    }
}
