using System.Text.Json;

namespace FeatureTransfer.Cli.Tests;

public class ModelsVerifyCommandTests
{
    private OwnModel _own = null!;

    [SetUp]
    public async Task Make()
    {
        _own = new OwnModel();
        await _own.AddAsync("--preprocessing", "imagenet", "--golden", _own.Image);
    }

    [TearDown]
    public void Drop() => _own.Dispose();

    [Test]
    public async Task Verify_ImageInAFolder_IsFoundAndAgrees()
    {
        File.WriteAllBytes(Path.Combine(_own.Root, "another.png"), TestImages.SolidPng(8, 8, 1, 2, 3));
        var (code, output, error) = await Ft.RunAsync("models", "verify", "net.local", "--golden", _own.Root);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Match("net.local +SHA-256 is the card's +photo.png: agrees, 0 %"));
    }

    [Test]
    public async Task Verify_NoIds_ChecksWhatIsOnThisMachine()
    {
        var (code, output, error) = await Ft.RunAsync("models", "verify");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Match("net.local +SHA-256 is the card's +photo.png: not replayed").And.Contain("--golden").And.Not.Contain("vgg"));
    }

    [Test]
    public async Task Verify_OtherPreprocessing_IsDrift()
    {
        var card = OwnModel.HomeCard("net.local");
        File.WriteAllText(card, File.ReadAllText(card).Replace("\"rgb\"", "\"bgr\"", StringComparison.Ordinal));
        var (code, output, error) = await Ft.RunAsync("models", "verify", "net.local", "--golden", _own.Image);
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(output, Does.Contain("drifted"));
        Assert.That(error, Does.Contain(card).And.Contain("photo.png").And.Contain("expected").And.Contain("tolerance is 1 %"));
        var generous = await Ft.RunAsync("models", "verify", "net.local", "--golden", _own.Image, "--tolerance", "100");
        Assert.That(generous.Code, Is.EqualTo(ExitCodes.Ok), generous.Error);
    }

    [Test]
    public async Task Verify_OtherFile_IsADifference()
    {
        SmallModels.Stages(factor: 3).Save(_own.Model);
        var (code, output, error) = await Ft.RunAsync("models", "verify", "net.local", "--golden", _own.Image, "--json");
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("'net.local'").And.Contain("not the ones"));
        using var json = JsonDocument.Parse(output);
        Assert.That(json.RootElement[0].GetProperty("file").GetString(), Is.EqualTo("differs"));
        Assert.That(json.RootElement[0].GetProperty("golden")[0].TryGetProperty("agrees", out _), Is.False);
    }

    [Test]
    public async Task Verify_FlippedBitInTheDataBeside_NamesTheFileHereAndWhereFeaturesAreExtracted()
    {
        OnnxFiles.SaveWithDataBeside(SmallModels.Stages(), _own.Model, "net.onnx.data");
        await _own.AddAsync("--preprocessing", "imagenet", "--force");
        var data = Path.Combine(_own.Root, "net.onnx.data");
        var bytes = File.ReadAllBytes(data);
        bytes[^1] ^= 1;
        File.WriteAllBytes(data, bytes);

        var verified = await Ft.RunAsync("models", "verify", "net.local");
        var extracted = await Ft.RunAsync("extract", _own.Image, "--backbone", OwnModel.HomeCard("net.local"), "--output", Path.Combine(_own.Root, "x.csv"));
        Assert.That((verified.Code, extracted.Code), Is.EqualTo((ExitCodes.BadInput, ExitCodes.BadInput)));
        Assert.That(verified.Output, Does.Contain("SHA-256 of net.onnx.data differs"));
        Assert.That(verified.Error, Does.Contain(data));
        Assert.That(extracted.Error, Does.Contain(data));
    }

    [Test]
    public async Task Verify_BackboneThatComesWithFt_IsReplayedUnasked()
    {
        await Ft.RunAsync("models", "pull", "raw_pixels.baseline");
        var (code, output, error) = await Ft.RunAsync("models", "verify", "raw_pixels.baseline");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Contain("shapes.png: agrees"));
    }

    [Test]
    public async Task Verify_FileIsGone_IsMissing()
    {
        File.Delete(_own.Model);
        var (code, output, _) = await Ft.RunAsync("models", "verify");
        Assert.That(code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(output, Does.Match("net.local +not on this machine"));
    }

    [Test]
    public async Task Verify_ImageIsNotAmongThoseNamed_IsMissing()
    {
        var other = Path.Combine(_own.Root, "another.png");
        File.WriteAllBytes(other, TestImages.SolidPng(8, 8, 1, 2, 3));
        var (code, output, _) = await Ft.RunAsync("models", "verify", "net.local", "--golden", other);
        Assert.That(code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(output, Does.Contain("photo.png: not replayed"));
    }

    [Test]
    public async Task Verify_NegativeTolerance_IsWrongUsage() =>
        Assert.That((await Ft.RunAsync("models", "verify", "--tolerance", "-1")).Code, Is.EqualTo(ExitCodes.Usage));
}
