using System.Text.Json;
using System.Text.RegularExpressions;
using FeatureTransfer.Backbones;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Cli.Tests;

public class ModelsAddCommandTests
{
    private OwnModel _own = null!;

    [SetUp]
    public void Make() => _own = new OwnModel();

    [TearDown]
    public void Drop() => _own.Dispose();

    [Test]
    public async Task Add_Preset_MakesACardThatWorksByItsId()
    {
        var (code, output, error) = await _own.AddAsync("--preprocessing", "imagenet", "--crop-fraction", "0.875", "--interpolation", "bicubic", "--licence", "MIT");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(error, Is.Empty);
        Assert.That(output, Does.Contain("net.local is ready").And.Contain("x, 64 x 64, nchw").And.Contain("imagenet, crop 0.875, bicubic").And.Contain("stride2, stride4, stride8, stride16, features").And.Contain("features: 3 features").And.Contain("--backbone net.local"));

        var card = ModelCatalog.LoadDefault().Get("net.local");
        Assert.That(card.Preprocessing, Is.EqualTo(new ImagePreprocessing { Height = 64, Width = 64, CropFraction = 0.875, Interpolation = Interpolation.Bicubic }.WithPreset(ImagePreset.ImageNet)));
        Assert.That(card.Licence, Is.EqualTo("MIT"));
        Assert.That(card.Origin, Is.EqualTo(OwnModel.HomeCard("net.local")));
        var inspected = await Ft.RunAsync("models", "inspect", card.Origin);
        Assert.That(inspected.Output, Does.Match("block2 +stride4 +Add"));
    }

    [Test]
    public async Task Add_NoPresetAndNobodyToAsk_WarnsAndTakesZeroOne()
    {
        var (code, output, error) = await _own.AddAsync();
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(error, Does.StartWith("warning:").And.Contain("wrong for most").And.Contain("--force").And.Match("imagenet +torchvision"));
        Assert.That(output, Does.Contain("zeroOne"));
        Assert.That(ModelCatalog.LoadDefault().Get("net.local").Preprocessing, Is.EqualTo(new ImagePreprocessing { Height = 64, Width = 64 }));
    }

    [Test]
    public async Task Add_OutputBesideTheModel_CanBeMovedWithIt()
    {
        var (code, output, error) = await _own.AddAsync("--preprocessing", "caffe", "--output", _own.Card, "--layers", "stride16,features", "--pooling", "max");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Contain("stride16, features: 6 features").And.Contain($"--backbone {_own.Card}"));
        var card = ModelCardReader.ReadFile(_own.Card);
        Assert.Multiple(() =>
        {
            Assert.That(card.Source.Path, Is.EqualTo("net.onnx"));
            Assert.That(card.DefaultLayers, Is.EqualTo(new[] { "stride16", "features" }));
            Assert.That(card.DefaultPooling, Is.EqualTo(Pooling.Max));
            Assert.That(card.Preprocessing.Channels, Is.EqualTo(ChannelOrder.Bgr));
            Assert.That(OwnModel.HomeCard("net.local"), Does.Not.Exist);
        });
    }

    [Test]
    public async Task Add_Golden_RecordsTheImage()
    {
        var (code, output, error) = await _own.AddAsync("--preprocessing", "zeroOne", "--golden", _own.Image, "--json");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        using var json = JsonDocument.Parse(output);
        Assert.That(json.RootElement.GetProperty("golden")[0].GetProperty("name").GetString(), Is.EqualTo("photo.png"));
        Assert.That(json.RootElement.GetProperty("featureLength").GetInt32(), Is.EqualTo(3));
        Assert.That(ModelCatalog.LoadDefault().Get("net.local").Golden.Single().Features, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Add_CardIsThere_IsOnlyReplacedByForce()
    {
        await _own.AddAsync("--preprocessing", "imagenet");
        var again = await _own.AddAsync();
        Assert.That(again.Code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(again.Error, Does.Contain("net.local.json").And.Contain("--force").And.Not.Contain("warning"), "nothing is asked in vain");
        Assert.That((await _own.AddAsync("--preprocessing", "clip", "--force")).Code, Is.EqualTo(ExitCodes.Ok));
    }

    [Test]
    public async Task Add_IdOfABackboneThatComesAlong_NeedsForce()
    {
        string[] options = ["--preprocessing", "imagenet", "--id", "resnet_18.mlnet"];
        var refused = await _own.AddAsync(options);
        Assert.That(refused.Code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(refused.Error, Does.Contain("'resnet_18.mlnet'").And.Contain("--id"));
        Assert.That((await _own.AddAsync([.. options, "--force"])).Code, Is.EqualTo(ExitCodes.Ok));
    }

    [TestCase("--id", "net", "$.id")]
    [TestCase("--id", "a/b.c", "a/b.c")]
    [TestCase("--layers", "stride61", "stride61")]
    [TestCase("--size", "96", "64 x 64")]
    [TestCase("--crop-fraction", "2", "CropFraction")]
    [TestCase("--golden", "absent.jpg", "absent.jpg")]
    public async Task Add_WrongOption_TellsWhichAndWritesNothing(string option, string value, string expected)
    {
        var (code, _, error) = await _own.AddAsync("--preprocessing", "imagenet", option, value);
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain(expected).And.Not.Contain("   at "));
        Assert.That(Directory.Exists(FeatureTransferPaths.Cards) && Directory.EnumerateFiles(FeatureTransferPaths.Cards).Any(), Is.False);
    }

    [Test]
    public async Task Add_NoModel_SaysSo()
    {
        var (code, _, error) = await Ft.RunAsync("models", "add", _own.Image, "--preprocessing", "imagenet");
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("photo.png").And.Contain("ONNX"));
    }

    [Test]
    public async Task Docs_EveryAddAndVerify_Works()
    {
        var docs = File.ReadAllText(Path.Combine(Reference.Root, "docs", "own-models.md"));
        var commands = Regex.Matches(docs, "^ft (models (?:add|verify) .*)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value.TrimEnd().Split(' ')).ToList();
        Assert.That(commands, Has.Count.GreaterThan(5));
        foreach (var command in commands)
        {
            var outcome = await Ft.RunAsync([.. command.Select(Here)]);
            Assert.That(outcome.Code, Is.EqualTo(ExitCodes.Ok), $"{string.Join(' ', command)}: {outcome.Error}");
        }
    }

    // The files of the docs, in the folder of the test.
    private string Here(string word)
    {
        if (word == "photo.jpg")
            return _own.Image;
        if (!word.EndsWith(".onnx", StringComparison.Ordinal))
            return word;
        var path = Path.Combine(_own.Root, word);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(_own.Model, path, overwrite: true);
        return path;
    }
}
