using System.Text.RegularExpressions;

namespace FeatureTransfer.Cli.Tests;

/// <summary>ft.cmd and build.ps1 keep to the rules of ft and build.sh, as far as reading them tells: not every machine can run them.</summary>
public partial class FtCmdTests
{
    private static readonly string _shell = Read("ft");
    private static readonly string _cmd = Read("ft.cmd");

    [Test]
    public void Cmd_LineEnds_AreThoseOfWindowsWhereverItIsCheckedOut()
    {
        Assert.That(_cmd.ReplaceLineEndings("\r\n"), Is.EqualTo(_cmd), "cmd.exe misses labels in a file with the line ends of Unix");
        Assert.That(_shell, Does.Not.Contain('\r'));
        Assert.That(Read(".gitattributes"), Does.Match("(?m)^\\*\\.cmd text eol=crlf$").And.Match("(?m)^ft text eol=lf$"));
    }

    [TestCase("src/FeatureTransfer.Cli")]
    [TestCase("bin/Release/net10.0/ft.dll")]
    [TestCase("obj/ft.built")]
    [TestCase("onnx-models")]
    [TestCase("Directory.*")]
    [TestCase("-c Release --nologo -v quiet")]
    [TestCase("DOTNET_CLI_TELEMETRY_OPTOUT=1")]
    [TestCase("ft: the build failed.")]
    [TestCase("ft: dotnet was not found. Install the .NET 10 SDK and run this again.")]
    public void Cmd_PathOrWord_IsThatOfTheShellScript(string word)
    {
        Assert.That(_shell, Does.Contain(word));
        Assert.That(_cmd.Replace('\\', '/'), Does.Contain(word));
    }

    [Test]
    public void Cmd_Program_GetsTheArgumentsAndGivesItsExitCode() =>
        Assert.That(_cmd, Does.EndWith(":run\r\ndotnet \"%program%\" %*\r\nexit /b %errorlevel%\r\n"));

    [Test]
    public void Cmd_EveryJump_HasItsLabel() => Assert.That(
        Jump().Matches(_cmd).Select(match => match.Groups[1].Value),
        Is.Not.Empty.And.All.Matches<string>(label => Regex.IsMatch(_cmd, $"(?m)^:{label}\r?$")));

    // A variable within a block in parentheses is read when the block is, so an exit code in one would be an old one.
    [Test]
    public void Cmd_ExitCodes_AreNotReadWithinABlock() =>
        Assert.That(Block().Matches(_cmd).Select(match => match.Value), Is.Not.Empty.And.All.Not.Contains("%errorlevel%"));

    [Test]
    public void Cmd_ErrorTexts_GoToStandardError() =>
        Assert.That(_cmd.Split("\r\n").Where(line => line.TrimStart().StartsWith("echo ", StringComparison.Ordinal)), Is.Not.Empty.And.All.EndsWith(" 1>&2"));

    [Test]
    public void PowerShell_Build_RunsWhatTheShellScriptRuns()
    {
        var (shell, power) = (Read("build.sh"), Read("build.ps1"));
        foreach (var command in new[] { "dotnet tool restore", "dotnet cake build.cake" })
            Assert.That(new[] { shell, power }, Is.All.Contains(command));
        Assert.That(power.TrimEnd(), Does.EndWith("exit $LASTEXITCODE"));
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Reference.Root, file));

    [GeneratedRegex("goto (\\w+)")]
    private static partial Regex Jump();

    [GeneratedRegex("^if errorlevel 1 \\(.*?^\\)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
