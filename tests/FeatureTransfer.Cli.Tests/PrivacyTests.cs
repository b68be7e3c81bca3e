using FeatureTransfer.Cli.Tests.Samples;

namespace FeatureTransfer.Cli.Tests;

/// <summary>Nothing is noted about a user, and so nothing can leave the machine.</summary>
public class PrivacyTests
{
    private string _home = "";

    [SetUp]
    public void MakeHome() => _home = Directory.CreateTempSubdirectory("ft-privacy-").FullName;

    [TearDown]
    public void RemoveHome() => Directory.Delete(_home, recursive: true);

    // ONNX Runtime's telemetry keeps an id and a queue of reports in the user's cache folder.
    [Test]
    public async Task TrainRunPredictExtract_LeaveNothingInTheUsersHome()
    {
        using var colours = new ColourFolder(6);
        var user = Directory.CreateDirectory(Path.Combine(_home, "user")).FullName;
        var home = Directory.CreateDirectory(Path.Combine(_home, "ft")).FullName;
        string[][] commands =
        [
            ["run", colours.Pipeline],
            ["train", colours.Images, "--backbone", colours.Backbone, "--output", Path.Combine(colours.Root, "trained")],
            ["predict", colours.Bundle, colours.ImagePath("red", 0)],
            ["extract", colours.Images, "--backbone", colours.Backbone, "--output", Path.Combine(colours.Root, "features.csv")],
        ];
        foreach (var command in commands)
        {
            using var ft = FtProcess.Start(home, command, userHome: user);
            var (code, _, error) = await ft.WaitAsync();
            Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        }

        Assert.That(Directory.EnumerateFileSystemEntries(user, "*", SearchOption.AllDirectories), Is.Empty);
        Assert.That(Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories).Where(file => file.Contains("onnxruntime", StringComparison.OrdinalIgnoreCase)), Is.Empty);
    }
}
