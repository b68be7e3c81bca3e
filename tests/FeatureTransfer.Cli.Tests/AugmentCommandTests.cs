using System.Text.Json;
using FeatureTransfer.Cli.Tests.Samples;
using NetVips;

namespace FeatureTransfer.Cli.Tests;

public class AugmentCommandTests
{
    private const string Flip = """[{"type": "horizontalFlip"}, {"type": "randomErasing"}]""";

    private static (int Width, int Height) Size(string path)
    {
        using var image = Image.NewFromFile(path);
        return (image.Width, image.Height);
    }

    [TestCase("sheet.jpg", "FFD8FF")]
    [TestCase("sheet.png", "89504E47")]
    public async Task Preview_List_WritesASheetOfThatManyCells(string name, string magic)
    {
        using var colours = new ColourFolder(2);
        var output = Path.Combine(colours.Root, "sheets", name);
        var (code, text, error) = await Ft.RunAsync("augment", "preview", colours.Images, "--augment", Flip, "--rows", "3", "--columns", "4", "--output", output);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.Multiple(() =>
        {
            Assert.That(Convert.ToHexString(File.ReadAllBytes(output)), Does.StartWith(magic));
            Assert.That(Size(output), Is.EqualTo((4 + (4 * 228), 4 + (3 * 228))));
            Assert.That(text, Does.Contain("3 images, each as it is and in 3 variants"));
            Assert.That(Directory.GetFiles(Path.GetDirectoryName(output)!), Is.EqualTo(new[] { output }), "nothing half-written is left");
        });
    }

    [Test]
    public async Task Preview_SameSeed_WritesTheSameSheet()
    {
        using var colours = new ColourFolder(1);
        async Task<byte[]> SheetAsync(string name, string seed)
        {
            var output = Path.Combine(colours.Root, name);
            await Ft.RunAsync("augment", "preview", colours.Images, "--augment", Flip, "--backbone", colours.Backbone, "--seed", seed, "--output", output);
            return await File.ReadAllBytesAsync(output);
        }

        var first = await SheetAsync("a.png", "5");
        Assert.That(await SheetAsync("b.png", "5"), Is.EqualTo(first));
        Assert.That(await SheetAsync("c.png", "6"), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task Preview_FileWithAList_IsTheSameAsTheList()
    {
        using var colours = new ColourFolder(1);
        var file = Path.Combine(colours.Root, "changes.json");
        File.WriteAllText(file, Flip);
        var (one, other) = (Path.Combine(colours.Root, "one.png"), Path.Combine(colours.Root, "other.png"));
        await Ft.RunAsync("augment", "preview", colours.Images, "--augment", Flip, "--output", one);
        var (code, json, _) = await Ft.RunAsync("augment", "preview", colours.Images, "--augment", file, "--output", other, "--json");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok));
        Assert.That(File.ReadAllBytes(other), Is.EqualTo(File.ReadAllBytes(one)));
        using var told = JsonDocument.Parse(json);
        Assert.That(told.RootElement.GetProperty("rows").GetInt32(), Is.EqualTo(3));
    }

    [Test]
    public async Task Preview_BadImageAmongGood_IsToldOfAndLeftOut()
    {
        using var colours = new ColourFolder(1);
        var bad = colours.Add("red/bad.png", [1, 2, 3]);
        var output = Path.Combine(colours.Root, "sheet.png");
        var (code, _, error) = await Ft.RunAsync("augment", "preview", colours.Images, "--augment", Flip, "--columns", "2", "--output", output);
        Assert.That(code, Is.EqualTo(ExitCodes.SomeRejected));
        Assert.That(error, Does.Contain(bad));
        Assert.That(Size(output), Is.EqualTo((4 + (2 * 228), 4 + (3 * 228))));
    }

    [TestCase("""[{"type": "rotatoin"}]""", "rotation")]
    [TestCase("nowhere.json", "there is no such file")]
    public async Task Preview_FaultyAugmentation_SaysWhatIsExpected(string augment, string message)
    {
        var (code, _, error) = await Ft.RunAsync("augment", "preview", "photos", "--augment", augment, "--output", "sheet.jpg");
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain(message));
    }

    [Test]
    public async Task Preview_PipelineWithoutAugmentation_SaysWhatToDo()
    {
        using var colours = new ColourFolder(1);
        var (code, _, error) = await Ft.RunAsync("augment", "preview", colours.Images, "--pipeline", colours.Pipeline, "--output", "sheet.jpg");
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("no step has an augmentation").And.Contain("--augment"));
    }

    [Test]
    public async Task Preview_Pipeline_ShowsItsAugmentationByItsBackbonesRecipe()
    {
        using var colours = new ColourFolder(1);
        var pipeline = Path.Combine(colours.Root, "tune.json");
        File.WriteAllText(pipeline, $$"""
            { "data": { "type": "imageFolder", "path": "images" }, "estimators": [
              { "type": "FineTune", "backbone": "colours.onnx", "preprocessing": { "height": 40, "width": 30 }, "augmentation": {{Flip}} } ] }
            """);
        var output = Path.Combine(colours.Root, "sheet.png");
        var (code, _, error) = await Ft.RunAsync("augment", "preview", colours.Images, "--pipeline", pipeline, "--columns", "3", "--output", output);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(Size(output), Is.EqualTo((4 + (3 * 34), 4 + (3 * 44))));
    }

    [Test]
    public async Task Preview_UnknownEnding_NamesTheKnownOnes()
    {
        using var colours = new ColourFolder(1);
        var (code, _, error) = await Ft.RunAsync("augment", "preview", colours.Images, "--augment", Flip, "--output", "sheet.bmp");
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain(".bmp").And.Contain(".png"));
    }

    [TestCase("--rows", "0")]
    [TestCase("--columns", "1")]
    public async Task Preview_NumberOutOfRange_IsWrongUsage(string option, string value)
    {
        var (code, _, error) = await Ft.RunAsync("augment", "preview", "photos", "--augment", Flip, option, value, "--output", "sheet.jpg");
        Assert.That(code, Is.EqualTo(ExitCodes.Usage));
        Assert.That(error, Does.Contain($"{option} must be from"));
    }

    [Test]
    public async Task Preview_NeitherPipelineNorList_IsWrongUsage()
    {
        var (code, _, error) = await Ft.RunAsync("augment", "preview", "photos", "--output", "sheet.jpg");
        Assert.That(code, Is.EqualTo(ExitCodes.Usage));
        Assert.That(error, Does.Contain("--pipeline").And.Contain("--augment"));
    }
}
