using System.Diagnostics;

namespace FeatureTransfer.Cli.Tests;

/// <summary>The script that runs ft in a clone, with a dotnet that only notes what it is asked.</summary>
[Platform(Exclude = "Win", Reason = "It is a shell script; ft.cmd is its like on Windows.")]
public class FtScriptTests
{
    private const string Dotnet = """
        #!/bin/sh
        echo "$*" >> "$FT_NOTES"
        if [ "$1" = build ]; then
          echo "error CS1002: ; expected"
          exit "$FT_BUILD"
        fi
        shift
        for argument in "$@"; do echo "<$argument>"; done
        exit 4
        """;

    private string _root = null!;

    private string Program => Path.Combine(_root, "clone", "src", "FeatureTransfer.Cli", "bin", "Release", "net10.0", "ft.dll");

    private string Source => Path.Combine(_root, "clone", "src", "FeatureTransfer.Cli", "Program.cs");

    [SetUp]
    public void Create()
    {
        _root = Directory.CreateTempSubdirectory("ft-script ").FullName;
        Directory.CreateDirectory(Path.GetDirectoryName(Program)!);
        Directory.CreateDirectory(Path.Combine(_root, "clone", "onnx-models"));
        Directory.CreateDirectory(Path.Combine(_root, "elsewhere"));
        File.WriteAllText(Source, "// the program");
        File.WriteAllText(Path.Combine(_root, "clone", "Directory.Build.props"), "<Project />");
        File.Copy(Path.Combine(Reference.Root, "ft"), Path.Combine(_root, "clone", "ft"));
        var dotnet = Path.Combine(_root, "dotnet");
        File.WriteAllText(dotnet, Dotnet);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [TearDown]
    public void Remove() => Directory.Delete(_root, recursive: true);

    [Test]
    public void Ft_FirstUse_BuildsQuietlyAndPassesArgumentsAndExitCode()
    {
        var (code, output, error) = Run("predict", "two words", "*.jpg", "");
        Assert.That((code, output, error), Is.EqualTo((4, "<predict>\n<two words>\n<*.jpg>\n<>\n", "")));
        Assert.That(Notes()[0], Does.StartWith("build ").And.Contain("-c Release"));
    }

    [Test]
    public void Ft_NothingNewer_BuildsOnceOnly()
    {
        File.WriteAllText(Program, "the program, built");
        Run("doctor");
        Run("doctor");
        Assert.That(Notes().Count(line => line.StartsWith("build ", StringComparison.Ordinal)), Is.EqualTo(1));

        File.SetLastWriteTimeUtc(Source, DateTime.UnixEpoch.AddYears(100));
        Run("doctor");
        Assert.That(Notes().Count(line => line.StartsWith("build ", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public void Ft_BuildFails_ShowsItOnStandardErrorAndRunsNothing()
    {
        var (code, output, error) = RunScript("1", ["doctor"]);
        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(error, Does.Contain("CS1002").And.Contain("the build failed"));
        Assert.That(Notes(), Has.Length.EqualTo(1));
    }

    [Test]
    public void Ft_ByASymbolicLink_FindsItsClone()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "elsewhere", "link"), "../clone/ft");
        var (code, _, error) = RunScript("0", ["doctor"], Path.Combine(_root, "elsewhere", "link"));
        Assert.That((code, error), Is.EqualTo((4, "")));
        Assert.That(Notes()[^1], Does.Contain(Path.Combine("clone", "src")));
    }

    private (int Code, string Output, string Error) Run(params string[] args) => RunScript("0", args);

    private (int Code, string Output, string Error) RunScript(string build, string[] args, string? script = null)
    {
        var start = new ProcessStartInfo("sh", [script ?? Path.Combine(_root, "clone", "ft"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.Combine(_root, "elsewhere") };
        start.Environment["PATH"] = $"{_root}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["FT_NOTES"] = Path.Combine(_root, "notes");
        start.Environment["FT_BUILD"] = build;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private string[] Notes() => File.ReadAllLines(Path.Combine(_root, "notes"));
}
