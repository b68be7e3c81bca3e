namespace FeatureTransfer.Cli.Tests.Documentation;

/// <summary>Every command that a page shows is one that ft knows, with options that it has.</summary>
public class DocumentedCommandTests
{
    private static IEnumerable<TestCaseData> Commands() =>
        from code in DocumentedCode.All.Where(code => code.Language is "" or "sh")
        from line in code.Text.Split('\n')
        let command = line[(line.LastIndexOf('|') is var pipe && pipe >= 0 && line[pipe..].StartsWith("| ft ", StringComparison.Ordinal) ? pipe + 2 : 0)..].Trim()
        where command.StartsWith("ft ", StringComparison.Ordinal) || command.StartsWith("./ft ", StringComparison.Ordinal)
        select new TestCaseData(command).SetArgDisplayNames($"{code}: {command}");

    [TestCaseSource(nameof(Commands))]
    public void Command_OfAPage_Parses(string command)
    {
        var root = FtApp.Root(new GlobalOptions(), _ => throw new InvalidOperationException("Nothing runs here."));
        var parse = root.Parse(command[command.IndexOf(' ', StringComparison.Ordinal)..]);
        Assert.That(parse.Errors.Select(error => error.Message), Is.Empty);
        Assert.That(parse.CommandResult.Command, Is.Not.SameAs(root));
    }
}
