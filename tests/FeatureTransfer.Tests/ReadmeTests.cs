using System.Text.RegularExpressions;

namespace FeatureTransfer.Tests;

/// <summary>What the README shows is what compiles.</summary>
public class ReadmeTests
{
    [Test]
    public void CSharp_OfTheReadme_IsTheSample()
    {
        var readme = File.ReadAllText(Path.Combine(Reference.Root, "README.md")).ReplaceLineEndings("\n");
        var sample = File.ReadAllText(Path.Combine(Reference.Root, "samples", "InCSharp", "Program.cs")).ReplaceLineEndings("\n");

        var code = Regex.Match(readme, "```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

        Assert.That(code, Is.Not.Empty);
        Assert.That(sample, Does.Contain(code));
    }

    [Test]
    public void Links_OfTheReadme_LeadToFiles()
    {
        var readme = File.ReadAllText(Path.Combine(Reference.Root, "README.md"));

        var targets = Regex.Matches(readme, @"\]\(([^)#:]+)\)").Select(match => match.Groups[1].Value).ToList();

        Assert.That(targets, Is.Not.Empty);
        Assert.That(targets.Where(target => !Path.Exists(Path.Combine(Reference.Root, target))), Is.Empty);
    }
}
