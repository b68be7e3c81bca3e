using System.Diagnostics;

namespace FeatureTransfer.Tests;

/// <summary>The sample of pictures, texts, categories and numbers in one chain runs.</summary>
public class TablesBesideTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-tables-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Sample_OnProducts_TrainsSavesLoadsAndPredicts()
    {
        var lines = new List<string> { "picture,description,brand,price,category" };
        for (var i = 0; i < 40; i++)
        {
            var isLamp = i % 2 == 0;
            File.WriteAllBytes(Path.Combine(_folder, $"{i}.jpg"), TestImages.SolidPng(20, 20, (byte)(isLamp ? 200 + i : i), (byte)(5 * i), 30));
            lines.Add($"{i}.jpg,\"{(isLamp ? "a lamp, bright" : "a chair, soft")}\",{(i % 3 == 0 ? "Ohm" : "Sit")},{(isLamp ? 20 : 80) + i},{(isLamp ? "lamps" : "chairs")}");
        }

        File.WriteAllLines(Path.Combine(_folder, "products.csv"), lines);
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "TablesBeside.dll"), "products.csv"]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(process.ExitCode, Is.Zero, errors.Result);
            Assert.That(output, Does.Match(@"^accuracy 1\.000\s+(a lamp, bright: lamps|a chair, soft: chairs)\s*$"));
            Assert.That(File.Exists(Path.Combine(_folder, "products.ftm")), Is.True);
        }
    }
}
