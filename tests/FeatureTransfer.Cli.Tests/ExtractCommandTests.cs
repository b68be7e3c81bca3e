using System.Text;
using FeatureTransfer.Cli.Tests.Samples;

namespace FeatureTransfer.Cli.Tests;

public class ExtractCommandTests
{
    [Test]
    public async Task Extract_Csv_HasARowAnImageAndItsColour()
    {
        using var colours = new ColourFolder(3);
        var output = Path.Combine(colours.Root, "features.csv");
        var (code, text, error) = await Ft.RunAsync("extract", colours.Images, "--backbone", colours.Backbone, "--layers", "colour", "--pooling", "avg", "--output", output);
        var lines = File.ReadAllLines(output);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
            Assert.That(text, Does.Contain("9 rows of 3 features"));
            Assert.That(lines[0], Is.EqualTo("input,f0,f1,f2"));
            Assert.That(lines, Has.Length.EqualTo(10));
            Assert.That(Numbers(lines[1]), Is.EqualTo(new[] { 30 / 255.0, 30 / 255.0, 220 / 255.0 }).Within(1e-6), "blue comes first");
        });
    }

    [Test]
    public async Task Extract_WholeRunAfterOneWithRejects_LeavesNoRejectsOfThatOne()
    {
        using var colours = new ColourFolder(1);
        var (output, bad) = (Path.Combine(colours.Root, "features.csv"), Path.Combine(colours.Root, "bad.jpg"));
        File.WriteAllText(bad, "no image");
        Assert.That((await Ft.RunAsync("extract", bad, colours.ImagePath("red", 0), "--backbone", colours.Backbone, "--output", output)).Code, Is.EqualTo(ExitCodes.SomeRejected));
        Assert.That(File.ReadAllText(output + ".rejected.jsonl"), Does.Contain("bad.jpg").And.Not.Contain("no image"));
        Assert.That((await Ft.RunAsync("extract", colours.Images, "--backbone", colours.Backbone, "--output", output)).Code, Is.EqualTo(ExitCodes.Ok));
        Assert.That(File.Exists(output + ".rejected.jsonl"), Is.False);
    }

    [Test]
    public async Task Extract_FolderAndZip_TakeImagesByContentAndTellOfTheRest([Values] bool zip)
    {
        using var colours = new ColourFolder(1);
        File.Move(colours.ImagePath("red", 0), Path.Combine(colours.Images, "red", "image.jfif"));
        File.WriteAllText(Path.Combine(colours.Images, "red", "notes.txt"), "notes");
        var input = zip ? Path.Combine(colours.Root, "images.zip") : colours.Images;
        if (zip)
            System.IO.Compression.ZipFile.CreateFromDirectory(colours.Images, input);
        var (code, text, error) = await Ft.RunAsync("extract", input, "--backbone", colours.Backbone, "--output", Path.Combine(colours.Root, "features.csv"));
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(text, Does.Contain("3 rows"));
        Assert.That(error, Does.Contain("1 files were left alone").And.Contain(".txt (1)"));
    }

    [Test]
    public async Task Extract_TableWithSemicolons_IsReadAndSaid()
    {
        using var colours = new ColourFolder(1);
        var table = Path.Combine(colours.Root, "table.csv");
        File.WriteAllText(table, $"sku;path\n1;{colours.ImagePath("red", 0)}\n2;\n");
        var (code, text, error) = await Ft.RunAsync("extract", table, "--backbone", colours.Backbone, "--output", Path.Combine(colours.Root, "features.csv"));
        Assert.That(code, Is.EqualTo(ExitCodes.SomeRejected));
        Assert.That(text, Does.Contain("1 rows").And.Contain("1 rejected"));
        Assert.That(error, Does.Contain("semicolons"));
    }

    [Test]
    public async Task Extract_Npy_HasTheShapeInItsHeader()
    {
        using var colours = new ColourFolder(2);
        var output = Path.Combine(colours.Root, "features.npy");
        var (_, text, _) = await Ft.RunAsync("extract", colours.Images, "--backbone", colours.Backbone, "--output", output);
        var names = Path.Combine(colours.Root, "features.names.txt");
        Assert.That(text, Does.Contain($"their inputs in {names}"));
        Assert.That(File.ReadAllLines(names), Has.Length.EqualTo(6).And.ItemAt(0).EqualTo(colours.ImagePath("blue", 0)));
        var bytes = File.ReadAllBytes(output);
        Assert.That(Encoding.Latin1.GetString(bytes, 0, 128), Does.StartWith("\u0093NUMPY").And.Contain("'<f4'").And.Contain("(6, 3)"));
        Assert.That(bytes, Has.Length.EqualTo(128 + (6 * 3 * sizeof(float))));
    }

    [Test]
    public async Task Extract_BadImage_IsRejectedBesideTheOutput()
    {
        using var colours = new ColourFolder(2);
        colours.Add("red/bad.png", []);
        var output = Path.Combine(colours.Root, "features.parquet");
        var (code, _, _) = await Ft.RunAsync("extract", colours.Images, "--backbone", colours.Backbone, "--output", output);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.SomeRejected));
            Assert.That(File.ReadAllBytes(output)[..4], Is.EqualTo("PAR1"u8.ToArray()));
            Assert.That(File.ReadAllText(output + ".rejected.jsonl"), Does.Contain("bad.png"));
        });
    }

    [Test]
    public async Task Extract_UnknownEnding_NamesTheKnownOnesBeforeAnyWork()
    {
        using var colours = new ColourFolder(1);
        var (code, _, error) = await Ft.RunAsync("extract", colours.Images, "--backbone", "no-such-backbone", "--output", "features.xlsx");
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain(".xlsx").And.Contain(".parquet"));
    }

    [Test]
    public async Task Extract_OtherSettings_WriteTheSameBytes()
    {
        using var colours = new ColourFolder(3);
        async Task<byte[]> ExtractAsync(string name, params string[] settings)
        {
            var output = Path.Combine(colours.Root, name + ".csv");
            var (code, _, error) = await Ft.RunAsync(["extract", colours.Images, "--backbone", colours.Backbone, "--output", output, .. settings]);
            Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
            return await File.ReadAllBytesAsync(output);
        }

        var plain = await ExtractAsync("plain");
        Assert.That(await ExtractAsync("auto", "--batch-size", "auto", "--sessions", "auto"), Is.EqualTo(plain));
        Assert.That(await ExtractAsync("set", "--batch-size", "4", "--decode-threads", "3", "--intra-op-threads", "2", "--sessions", "2"), Is.EqualTo(plain));
    }

    [TestCase("0")]
    [TestCase("1025")]
    [TestCase("many")]
    public async Task Extract_BatchSizeThatCannotBe_SaysWhatCan(string size)
    {
        var (code, _, error) = await Ft.RunAsync("extract", "photos", "--output", "features.csv", "--batch-size", size);
        Assert.That(code, Is.EqualTo(ExitCodes.Usage));
        Assert.That(error, Does.Contain($"--batch-size is '{size}'").And.Contain("1 to 1024, or auto"));
    }

    private static IEnumerable<double> Numbers(string line) => line.Split(',').Skip(1).Select(cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture));
}
