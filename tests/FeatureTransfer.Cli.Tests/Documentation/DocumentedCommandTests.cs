using System.Diagnostics;

namespace FeatureTransfer.Cli.Tests.Documentation;

/// <summary>Every command that a page shows runs to its end, in a folder that has what the page speaks of.</summary>
[Platform(Exclude = "Win", Reason = "The pages' quoting and pipes are those of a shell.")]
public class DocumentedCommandTests
{
    /// <summary>What begins like this is not run here, and why.</summary>
    private static readonly (string Beginning, string Reason)[] _leftOut =
    [
        ("./build.sh", "builds the repository and runs all of these tests"),
        ("dotnet tool install", "takes the package that ./build.sh --target=Pack makes, which is tried there"),
        ("dotnet add package", "changes a project, by a feed of packages"),
        ("ft init birds", "asks on a terminal which template it shall be; with --template it is run"),
        ("ft init folder", "asks the same"),
        ("ft serve", "runs until it is stopped; ServeCommandTests starts, asks and stops it"),
        ("ft silo", "runs until it is stopped; ClusterTests starts silos and kills them"),
        ("ft extract photos --cluster", "needs a silo; ClusterTests has three"),
        ("ft studio", "runs until it is stopped; StudioCommandTests starts it and stops it"),
        ("pip install", "needs the network"),
        ("optimum-cli", "needs the network"),
    ];

    private DocumentedFolder _folder = null!;

    private static IEnumerable<string> Pages => DocumentedCommand.Different.Where(IsRun).Select(command => command.Page).Distinct();

    [OneTimeSetUp]
    public void Make() => _folder = new DocumentedFolder();

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [TestCaseSource(nameof(Pages))]
    public async Task Commands_OfAPage_RunOneAfterAnother(string page)
    {
        // Each page begins with nothing trained.
        if (Directory.Exists(_folder.Trained))
            Directory.Delete(_folder.Trained, recursive: true);
        using (Assert.EnterMultipleScope())
        {
            foreach (var command in DocumentedCommand.Different.Where(command => command.Page == page && IsRun(command)))
            {
                var (code, output, error) = await RunAsync(command.Line);
                Assert.That(code, Is.EqualTo(ExitCodes.Ok), $"{command.Line}\n{output}\n{error}");
            }
        }
    }

    [Test]
    public void LeftOut_EachBeginning_IsOnAPage() => Assert.That(
        _leftOut.Select(left => left.Beginning),
        Is.All.Matches<string>(beginning => DocumentedCommand.All.Any(command => command.Line.StartsWith(beginning!, StringComparison.Ordinal))));

    [Test]
    public void Commands_WithinSentences_AreKnown() => Assert.That(
        DocumentedCommand.All.Where(command => command.IsWithinASentence).Select(command => command.Line),
        Is.All.Matches<string>(line => Parse(line!).CommandResult.Command.Name != "ft"));

    // Within a sentence, what lacks its arguments names a command, and is none.
    private static bool IsRun(DocumentedCommand command) =>
        !_leftOut.Any(left => command.Line.StartsWith(left.Beginning, StringComparison.Ordinal)) && (!command.IsWithinASentence || Parse(command.Line).Errors.Count == 0);

    private static System.CommandLine.ParseResult Parse(string line) =>
        FtApp.Root(new GlobalOptions(), _ => throw new InvalidOperationException("Nothing runs here.")).Parse(line[3..]);

    private async Task<FtOutcome> RunAsync(string line)
    {
        var start = new ProcessStartInfo("sh", ["-c", line]) { WorkingDirectory = _folder.Root, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_folder.Programs}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["FT_HOME"] = _folder.Home;
        using var process = Process.Start(start)!;
        try
        {
            await process.StandardInput.WriteLineAsync("y");
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without asking.
        }

        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return new FtOutcome(process.ExitCode, await output, await error);
    }
}
