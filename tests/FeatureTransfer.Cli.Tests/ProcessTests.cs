using System.Diagnostics;
using FeatureTransfer.Cli.Tests.Samples;
using FeatureTransfer.Extraction;
using NetVips;

namespace FeatureTransfer.Cli.Tests;

/// <summary>ft as users start it.</summary>
public class ProcessTests
{
    private string _home = "";

    [SetUp]
    public void MakeHome() => _home = Directory.CreateTempSubdirectory("ft-process-").FullName;

    [TearDown]
    public void RemoveHome() => Directory.Delete(_home, recursive: true);

    [Test]
    public async Task Doctor_HomeBelowAFile_SaysThatNothingIsKeptThere()
    {
        var folder = Directory.CreateTempSubdirectory("ft-doctor-").FullName;
        try
        {
            var file = Path.Combine(folder, "file");
            File.WriteAllText(file, "");
            using var ft = FtProcess.Start(Path.Combine(file, "home"), ["doctor", "--json"], folder: folder);
            var (code, output, error) = await ft.WaitAsync();
            Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
            using var json = System.Text.Json.JsonDocument.Parse(output);
            var features = json.RootElement.EnumerateArray().Single(part => part.GetProperty("part").GetString() == "features");
            Assert.That(features.GetProperty("ok").GetBoolean(), Is.False);
            Assert.That(features.GetProperty("found").GetString(), Does.Contain("nothing can be kept there").And.Contain("FT_HOME"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task Run_WrongPipeline_GivesTheExitCodeAndOneMessage()
    {
        using var ft = FtProcess.Start(_home, ["run", "no-such.json"]);
        var (code, output, error) = await ft.WaitAsync();
        Assert.That((code, output), Is.EqualTo((ExitCodes.BadInput, "")));
        Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1).And.All.Contains("no-such.json"));
    }

    [TestCase(">&-", "Standard output is closed")]
    [TestCase(">/dev/full", "Standard output cannot be written: No space left on device")]
    public async Task Models_OutputThatCannotBeWritten_SaysSo(string redirection, string message)
    {
        if (!File.Exists("/dev/full"))
            Assert.Ignore("Only Linux has a device that is always full.");
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec \"$0\" \"$@\" {redirection}", Environment.ProcessPath!, typeof(FtApp).Assembly.Location, "models", "list"]) { RedirectStandardError = true };
        start.Environment["FT_HOME"] = _home;
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.StartWith($"error: {message}").And.Not.Contains("should not happen"));
    }

    [Test]
    public async Task Extract_TwoProcessesAtOnce_ShareTheCacheAndAgree()
    {
        using var colours = new ColourFolder(20);
        string[] Args(string file) => ["extract", colours.Images, "--backbone", colours.Backbone, "--output", Path.Combine(_home, file)];
        using (var first = FtProcess.Start(_home, Args("1.npy")))
        using (var second = FtProcess.Start(_home, Args("2.npy")))
        {
            foreach (var (code, _, error) in await Task.WhenAll(first.WaitAsync(), second.WaitAsync()))
                Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        }

        var features = File.ReadAllBytes(Path.Combine(_home, "1.npy"));
        Assert.That(File.ReadAllBytes(Path.Combine(_home, "2.npy")), Is.EqualTo(features));
        using (var cache = new FeatureCache(Path.Combine(_home, "features")))
            Assert.That(cache.Count, Is.EqualTo(60));

        string[] Segments() => [.. new DirectoryInfo(Path.Combine(_home, "features")).EnumerateFiles("*.features", SearchOption.AllDirectories).Select(file => $"{file.FullName}, {file.Length} bytes")];
        var segments = Segments();
        using var third = FtProcess.Start(_home, Args("3.npy"));
        Assert.That((await third.WaitAsync()).Code, Is.EqualTo(ExitCodes.Ok));
        Assert.That(File.ReadAllBytes(Path.Combine(_home, "3.npy")), Is.EqualTo(features));
        Assert.That(Segments(), Is.EquivalentTo(segments), "the third computes nothing, so it writes nothing");
    }

    // No backbone, no pipeline, no training data, no npm: what there is is the bundle and one image, in folders of other names.
    [Test]
    public async Task Predict_BundleAloneInAnotherFolder_Answers()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(_home, "else where")).FullName;
        using (var colours = new ColourFolder(8))
        {
            Assert.That((await Ft.RunAsync("run", colours.Pipeline, "--quiet")).Code, Is.EqualTo(ExitCodes.Ok));
            File.Move(colours.Bundle, Path.Combine(elsewhere, "moved.ftm"));
        }

        File.WriteAllBytes(Path.Combine(elsewhere, "new.png"), ColourFolder.Png([10, 200, 10]));
        var empty = Directory.CreateDirectory(Path.Combine(_home, "empty")).FullName;
        using var ft = FtProcess.Start(empty, ["predict", "moved.ftm", "new.png", "--format", "csv"], path: "", folder: elsewhere);
        var (code, output, error) = await ft.WaitAsync();
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Contain("new.png,green,"));
        Assert.That(Path.Combine(empty, "models"), Does.Not.Exist);
    }

    [Test]
    [Platform("Linux", Reason = "The peak of the resident set is read from /proc.")]
    public async Task Extract_12000Square_MemoryStaysBounded()
    {
        using var colours = new ColourFolder(1);
        var giant = Path.Combine(_home, "giant.png");
        using (var black = Image.Black(12000, 12000, bands: 3))
        using (var image = black.Copy(interpretation: Enums.Interpretation.Srgb))
            File.WriteAllBytes(giant, image.PngsaveBuffer());

        var small = await PeakAsync(colours, colours.ImagePath("red", 0));
        var large = await PeakAsync(colours, giant);
        Assert.That(small >> 20, Is.GreaterThan(20), "MB; less than any .NET process needs would mean that nothing was measured");
        TestContext.Out.WriteLine($"{small >> 20} MB for a small image, {large >> 20} MB for the large one");
        Assert.That((large - small) >> 20, Is.LessThan(150), "MB; the decoded image would be 412 MB");
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "There is no 'kill -INT'.")]
    public async Task Run_Interrupted_StopsCleanly()
    {
        if (FtProcess.IgnoresInterrupts)
            Assert.Ignore("What starts the tests ignores Ctrl-C, as a shell does in the background, and so does all that they start.");
        using var colours = new ColourFolder(40);
        using var ft = FtProcess.Start(_home, ["run", colours.Pipeline, "--set", "split.repeats=100", "--set", "split.folds=80"]);
        Assert.That(await ft.FirstError, Does.Contain("Cross-validating").Or.Contain("Extracting"));
        ft.Interrupt();
        var (code, _, error) = await ft.WaitAsync();
        Assert.That(code, Is.EqualTo(ExitCodes.Cancelled), error);
        Assert.That(error, Does.Contain("Cancelled").And.Not.Contain("   at "));
        Assert.That(colours.Bundle, Does.Not.Exist);
    }

    private async Task<long> PeakAsync(ColourFolder colours, string image)
    {
        using var ft = FtProcess.Start(_home, ["extract", image, "--backbone", colours.Backbone, "--output", "features.csv"]);
        var (code, output, error) = await ft.WaitAsync();
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Contain("1 rows of 3 features"));
        return await ft.PeakAsync();
    }
}
