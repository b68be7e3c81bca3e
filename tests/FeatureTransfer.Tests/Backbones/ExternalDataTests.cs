using System.Security.Cryptography;
using FeatureTransfer.Backbones;

namespace FeatureTransfer.Tests.Backbones;

/// <summary>Weights in a file beside an ONNX model are recorded and checked as the model itself is.</summary>
public class ExternalDataTests
{
    private string _folder = "";

    private string Model => Path.Combine(_folder, "net.onnx");

    private string Data => Path.Combine(_folder, "net.onnx.data");

    [SetUp]
    public void Make()
    {
        _folder = Directory.CreateTempSubdirectory("ft-data-").FullName;
        OnnxFiles.SaveWithDataBeside(SmallModels.Stages(), Model, "net.onnx.data");
    }

    [TearDown]
    public void Drop() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void OfFile_DataBeside_IsOnTheCardAndSurvivesIt()
    {
        var card = ModelCardGuess.OfFile(Model);
        var expected = new Dictionary<string, string> { ["net.onnx.data"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Data))) };
        Assert.That(card.ExternalData, Is.EqualTo(expected));
        Assert.That(ModelCardReader.Read(ModelCardReader.Write(card), Model).ExternalData, Is.EqualTo(expected));
    }

    [Test]
    public void OfFile_OneFile_HasNone()
    {
        SmallModels.Stages().Save(Model);
        Assert.That(ModelCardGuess.OfFile(Model).ExternalData, Is.Empty);
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void Open_FlippedBitInTheData_NamesTheFile(int place)
    {
        var (store, card) = (new BackboneStore(_folder), ModelCardGuess.OfFile(Model));
        Assert.That(() => store.Open(card), Throws.Nothing);
        Assert.That(store.Check(card), Is.EqualTo(StoredFile.Matches));
        var bytes = File.ReadAllBytes(Data);
        bytes[place < 0 ? ^1 : place] ^= 4;
        File.WriteAllBytes(Data, bytes);
        Assert.That(() => store.Open(card), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("not the ones the card describes").And.Message.Contains(Data));
        Assert.That(store.Check(card), Is.EqualTo(StoredFile.Differs));
    }

    [Test]
    public void Check_CardWithoutTheHashOfTheData_IsUnchecked()
    {
        var card = ModelCardGuess.OfFile(Model) with { ExternalData = new Dictionary<string, string>() };
        Assert.That(new BackboneStore(_folder).Check(card), Is.EqualTo(StoredFile.Unchecked));
    }

    [Test]
    public void Open_DataIsGone_SaysWhichFile()
    {
        var card = ModelCardGuess.OfFile(Model);
        File.Delete(Data);
        Assert.That(() => new BackboneStore(_folder).Open(card), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(Data).And.Message.Contains("missing"));
    }

    [TestCase("abc", "path", "$.externalData['net.onnx.data'] is 'abc'")]
    [TestCase(null, "url", "$.externalData is for a source of kind 'path'")]
    public void Read_FaultyCard_NamesThePlace(string? hash, string kind, string message)
    {
        var source = kind == "path" ? """{ "kind": "path", "path": "net.onnx" }""" : """{ "kind": "url", "url": "https://example.org/net.onnx" }""";
        var good = new string('a', 64);
        var json = $$"""{ "id": "net.mine", "source": {{source}}, "sha256": "{{good}}", "externalData": { "net.onnx.data": "{{hash ?? good}}" } }""";
        Assert.That(() => ModelCardReader.Read(json, "card.json"), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(message));
    }
}
