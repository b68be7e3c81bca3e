using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FeatureTransfer.Tests;

/// <summary>What the README shows is what compiles, runs and exists.</summary>
public class ReadmeTests
{
    private static string Readme { get; } = File.ReadAllText(Path.Combine(Reference.Root, "README.md")).ReplaceLineEndings("\n");

    [Test]
    public void CSharp_OfTheReadme_IsTheSample()
    {
        var sample = File.ReadAllText(Path.Combine(Reference.Root, "samples", "InCSharp", "Program.cs")).ReplaceLineEndings("\n");
        Assert.That(Regex.Match(Readme, "```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value, Is.EqualTo(sample));
    }

    [Test]
    public void Sample_OnPhotographs_TrainsSavesLoadsAndPredicts()
    {
        var folder = Directory.CreateTempSubdirectory("ft-sample-").FullName;
        try
        {
            foreach (var (name, red) in new[] { ("dark", 0), ("light", 200) })
            {
                var images = Directory.CreateDirectory(Path.Combine(folder, "photos", name)).FullName;
                for (var i = 0; i < 12; i++)
                    File.WriteAllBytes(Path.Combine(images, $"{i}.jpg"), TestImages.SolidPng(20, 20, (byte)(red + i), (byte)(10 * i), 30));
            }

            var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "InCSharp.dll"), "photos"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Multiple(() =>
            {
                Assert.That(process.ExitCode, Is.Zero, errors.Result);
                Assert.That(output, Does.Match(@"^accuracy 1\.000\s+photos.(dark|light).\d+\.jpg: \1\s*$"));
                Assert.That(File.Exists(Path.Combine(folder, "photos.ftm")), Is.True);
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void Links_OfTheReadmeAndThePages_LeadToFiles([ValueSource(nameof(Pages))] string page)
    {
        var text = File.ReadAllText(Path.Combine(Reference.Root, page));
        var folder = Path.GetDirectoryName(Path.Combine(Reference.Root, page))!;
        var targets = Regex.Matches(text, @"\]\(([^)#:]+)(?:#[^)]*)?\)").Select(match => match.Groups[1].Value).ToList();
        Assert.That(targets.Where(target => !Path.Exists(Path.Combine(folder, target))), Is.Empty);
    }

    private static IEnumerable<string> Pages() => Directory.EnumerateFiles(Path.Combine(Reference.Root, "docs"), "*.md")
        .Select(page => Path.GetRelativePath(Reference.Root, page))
        .Append("README.md");
}
