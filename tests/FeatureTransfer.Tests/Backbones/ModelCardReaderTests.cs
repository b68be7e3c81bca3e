using FeatureTransfer.Backbones;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Tests.Backbones;

public class ModelCardReaderTests
{
    private const string Source = "\"source\": { \"kind\": \"path\", \"path\": \"net.onnx\" }";

    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Test]
    public void ReadFile_Absent_NamesIt() =>
        Assert.That(() => ModelCardReader.ReadFile("absent.json"), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("absent.json"));

    [Test]
    public void Read_Format_IsOnnxUnlessItSaysOtherwise()
    {
        const string Npm = "{ \"id\": \"net.mine\", \"sha256\": \"" + Hash + "\", \"source\": { \"kind\": \"npm\", \"package\": \"p\", \"files\": [\"a\"] FORMAT} }";
        Assert.That(ModelCardReader.Read(Npm.Replace("FORMAT", "", StringComparison.Ordinal), "c").Source.Format, Is.EqualTo(ModelFormat.Onnx));
        Assert.That(ModelCardReader.Read(Npm.Replace("FORMAT", ", \"format\": \"tensorFlowJsLayers\"", StringComparison.Ordinal), "c").Source.Format, Is.EqualTo(ModelFormat.TensorFlowJsLayers));
    }

    [Test]
    public void Read_SmallCard_KeepsTheDefaults()
    {
        var card = ModelCardReader.Read("{ /* mine */ \"id\": \"net.mine\", " + Source + ", }", "card.json");
        Assert.Multiple(() =>
        {
            Assert.That(card.Preprocessing, Is.EqualTo(new ImagePreprocessing()));
            Assert.That(card.DefaultPooling, Is.EqualTo(Pooling.Avg));
            Assert.That(card.DefaultLayers, Is.Empty);
            Assert.That(card.Origin, Is.EqualTo("card.json"));
        });
    }

    [Test]
    public void Write_Card_LeavesOutWhatIsEmptyAndReadsBackAsItWas()
    {
        var card = ModelCardReader.Read("{ \"id\": \"net.mine\", " + Source + ", \"layers\": { \"a\": \"b\" }, \"golden\": [{ \"sha256\": \"" + Hash + "\", \"features\": [0.1, 2] }], \"preprocessing\": { \"scale\": 0.0078431377 } }", "card.json");
        var json = ModelCardReader.Write(card);
        var read = ModelCardReader.Read(json, "card.json");
        Assert.That(json, Does.Not.Contain("accuracy").And.Not.Contain("files").And.Not.Contain("description").And.Not.Contain("fingerprint").And.Not.Contain("null"));
        Assert.That(read.Layers, Is.EqualTo(card.Layers));
        Assert.That(read.Preprocessing, Is.EqualTo(card.Preprocessing));
        Assert.That(read.Golden[0].Features, Is.EqualTo(new[] { 0.1f, 2f }));
        Assert.That(ModelCardReader.Write(read), Is.EqualTo(json));
    }

    [Test]
    public void Read_UnknownMember_NamesFilePathLineAndTheNearest() => Assert.That(
        () => ModelCardReader.Read("{\n\"id\": \"net.mine\",\n" + Source + ",\n\"preprocessing\": {\n\"heigth\": 96 }\n}", "card.json"),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("card.json: $.preprocessing.heigth, line 5").And.Message.Contains("'height'"));

    [TestCase("{ \"id\": \"net\", " + Source + " }", "$.id")]
    [TestCase("{ " + Source + " }", "id")]
    [TestCase("{ \"id\": \"net.mine\", \"source\": { \"kind\": \"path\" } }", "$.source")]
    [TestCase("{ \"id\": \"net.mine\", \"source\": { \"kind\": \"ftp\" } }", "$.source.kind")]
    [TestCase("{ \"id\": \"net.mine\", \"source\": { \"kind\": \"url\", \"url\": \"http://localhost/net.onnx\" } }", "$.sha256")]
    [TestCase("{ \"id\": \"net.mine\", \"sha256\": \"abc\", " + Source + " }", "$.sha256")]
    [TestCase("{ \"id\": \"net.mine\", " + Source + ", \"preprocessing\": { \"height\": 0 } }", "Height")]
    [TestCase("{ \"id\": \"net.mine\", " + Source + ", \"preprocessing\": { \"height\": \"tall\" } }", "$.preprocessing.height")]
    [TestCase("{ \"id\": ", "line 1")]
    [TestCase("{ \"id\": \"net.mine\", \"sha256\": \"" + Hash + "\", \"source\": { \"kind\": \"url\", \"url\": \"http://localhost/m.json\", \"format\": \"tensorFlowJsLayers\" } }", "$.source.format")]
    [TestCase("{ \"id\": \"net.mine\", " + Source + ", \"golden\": [{ \"sha256\": \"abc\", \"features\": [1] }] }", "$.golden[0].sha256 is 'abc'")]
    [TestCase("{ \"id\": \"net.mine\", " + Source + ", \"golden\": [{ \"sha256\": \"" + Hash + "\", \"features\": [] }] }", "$.golden[0].features")]
    [TestCase("{ \"id\": \"net.mine\", " + Source + ", \"golden\": [{ \"sha256\": \"" + Hash + "\", \"featurs\": [1] }] }", "'features'")]
    [TestCase("null", "empty")]
    [TestCase("[]", "$")]
    [TestCase("{ \"id\": null, " + Source + " }", "id")]
    [TestCase("{ \"id\": \"net.mine\", \"source\": null }", "source")]
    [TestCase("{ \"id\": \"net.mine\", " + Source + ", \"layers\": null }", "layers")]
    [TestCase("{ \"id\": \"net.mine\", " + Source + ", \"defaultLayers\": null }", "defaultLayers")]
    [TestCase("{ \"id\": \"net.mine\", " + Source + ", \"preprocessing\": null }", "preprocessing")]
    [TestCase("{ \"id\": \"net.mine\", " + Source + ", \"preprocessing\": { \"mean\": null } }", "mean")]
    [TestCase("{ \"id\": \"net.mine\", \"source\": { \"kind\": \"npm\", \"package\": \"p\", \"files\": null } }", "files")]
    [TestCase("{ \"id\": \"net.mine\", \"sha256\": \"" + Hash + "\", \"source\": { \"kind\": \"nuget\", \"package\": \"P\", \"files\": [\"a\"] } }", "'nuget'")]
    [TestCase("{ \"id\": \"net.mine\", \"sha256\": \"" + Hash + "\", \"source\": { \"kind\": \"nuget\", \"package\": \"../P\", \"version\": \"1.0.0\", \"files\": [\"a\"] } }", "$.source.package")]
    [TestCase("{ \"id\": \"net.mine\", \"sha256\": \"" + Hash + "\", \"source\": { \"kind\": \"nuget\", \"package\": \"P\", \"version\": \"newest\", \"files\": [\"a\"] } }", "$.source.version")]
    [TestCase("{ \"id\": \"net.mine\", \"sha256\": \"" + Hash + "\", \"source\": { \"kind\": \"nuget\", \"package\": \"P\", \"version\": \"1.0.0\", \"files\": [\"../../a\"] } }", "$.source.files")]
    [TestCase("{ \"id\": \"net.mine\", \"sha256\": \"" + Hash + "\", \"source\": { \"kind\": \"nuget\", \"package\": \"P\", \"version\": \"1.0.0\" } }", "one file")]
    [TestCase("{ \"id\": \"net.mine\", \"sha256\": \"" + Hash + "\", \"source\": { \"kind\": \"npm\", \"package\": \"--prefix\", \"files\": [\"a\"] } }", "$.source.package")]
    [TestCase("{ \"id\": \"net.mine\", \"sha256\": \"" + Hash + "\", \"source\": { \"kind\": \"npm\", \"package\": \"p\", \"version\": \"1.0.0 || x\", \"files\": [\"a\"] } }", "$.source.version")]
    [TestCase("{ \"id\": \"net.mine\", \"sha256\": \"" + Hash + "\", \"source\": { \"kind\": \"npm\", \"package\": \"git+ssh://x\", \"files\": [\"a\"] } }", "$.source.package")]
    [TestCase("{ \"id\": \"net.mine\", \"sha256\": \"" + Hash + "\", \"source\": { \"kind\": \"npm\", \"package\": \"p\", \"files\": [\"C:/a\"] } }", "$.source.files")]
    public void Read_FaultyCard_TellsWhere(string json, string expected) => Assert.That(
        () => ModelCardReader.Read(json, "card.json"),
        Throws.TypeOf<FeatureTransferException>().With.Message.StartsWith("card.json").And.Message.Contains(expected));

    [TestCase("m.onnx")]
    [TestCase("file:///etc/passwd")]
    [TestCase("ftp://127.0.0.1/m.onnx")]
    public void Read_AddressOfAnotherKind_IsRefused(string url) => Assert.That(
        () => ModelCardReader.Read($$"""{ "id": "a.b", "source": { "kind": "url", "url": "{{url}}" }, "sha256": "{{new string('0', 64)}}" }""", "card.json"),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("card.json: $.source.url").And.Message.Contains(url).And.Message.Contains("https://"));

    [TestCase("/etc/a.b")]
    [TestCase("a/b.c")]
    [TestCase("a\\\\b.c")]
    [TestCase("a:b.c")]
    [TestCase("a\\u0000.c")]
    public void Read_IdThatIsNoNameOfAFile_IsRefused(string id) => Assert.That(
        () => ModelCardReader.Read($$"""{ "id": "{{id}}", "source": { "kind": "path", "path": "m.onnx" } }""", "card.json"),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("$.id"));
}
