using System.Net;

namespace FeatureTransfer.Server.Tests;

/// <summary>Who may ask, and where the server listens.</summary>
public class AccessTests
{
    private const string Key = "0123456789abcdef-first", Second = "0123456789abcdef-second";
    private static ToyModels Models => Toys.All;
    private string _model = "";

    [OneTimeSetUp]
    public async Task Train() => _model = await Models.ImagesAsync();

    [TestCase("Authorization", "Bearer " + Key, true)]
    [TestCase("Authorization", "bearer " + Second, true)]
    [TestCase("X-Api-Key", Second, true)]
    [TestCase("X-Api-Key", Key + "x", false)]
    [TestCase("X-Api-Key", "", false)]
    [TestCase("Authorization", Key, false)]
    [TestCase("Authorization", "Basic " + Key, false)]
    [TestCase("Cookie", Key, false)]
    public async Task Predict_Keys_LetInWhoHasOne(string header, string value, bool isIn)
    {
        await using var server = await RunningServer.StartAsync(_model, new FeatureTransferServerOptions { ApiKeys = ApiKeys.Of([Key, Second]) });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = RunningServer.Form(Models.Image(0)) };
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await server.Client.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(isIn ? HttpStatusCode.OK : HttpStatusCode.Unauthorized));
        Assert.That(answer.Headers.WwwAuthenticate.ToString(), Is.EqualTo(isIn ? "" : "Bearer"));
    }

    [Test]
    public async Task Keys_GuardTheModelAndNotItsHealth()
    {
        await using var server = await RunningServer.StartAsync(_model, new FeatureTransferServerOptions { ApiKeys = ApiKeys.Of([Key]) });
        using var rejected = new Measured("featuretransfer.server.rejected");
        foreach (var path in new[] { "/model" })
            Assert.That((await server.Client.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), path);
        Assert.That((await server.Client.PostAsync("/embed", RunningServer.Form(Models.Image(0)))).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(rejected.Tags, Is.EqualTo(new[] { "[reason, key]", "[reason, key]" }));
        Assert.That(await server.IsReadyAsync(), Is.True);
    }

    [Test]
    public void FromFile_LinesAndRemarks_AreKeys()
    {
        var file = Models.PathOf("keys.txt");
        File.WriteAllText(file, $"# of the shop\n\n {Key} \n{Second}\n");
        var keys = ApiKeys.FromFile(file);
        Assert.That((keys.Contains(Key), keys.Contains(Second), keys.Contains("# of the shop"), keys.IsEmpty), Is.EqualTo((true, true, false, false)));
    }

    [TestCase("", "no API key")]
    [TestCase("short", "16 characters")]
    public void FromFile_NoneOrShort_SaysWhat(string text, string expected)
    {
        var file = Models.PathOf("bad-keys.txt");
        File.WriteAllText(file, text);
        Assert.That(() => ApiKeys.FromFile(file), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(expected).And.Message.Contains("bad-keys.txt"));
        Assert.That(() => ApiKeys.FromFile(Models.PathOf("missing.txt")), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("missing.txt"));
    }

    [TestCase("http://0.0.0.0:0")]
    [TestCase("http://*:5080")]
    [TestCase("http://[::]:5080")]
    [TestCase("http://example.com:5080")]
    [TestCase("http://192.168.0.1:5080")]
    public void Create_BeyondThisMachineWithoutKeys_IsRefused(string url)
    {
        Assert.That(() => ModelServer.Create(_model, new ModelServerOptions { Urls = ["http://localhost:1", url] }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no API key"));
        Assert.That(() => ModelServer.Create(_model, new ModelServerOptions { Urls = [url], AllowsNoKey = true }), Throws.Nothing);
        Assert.That(() => ModelServer.Create(_model, new ModelServerOptions { Urls = [url], Server = new FeatureTransferServerOptions { ApiKeys = ApiKeys.Of([Key]) } }), Throws.Nothing);
    }

    [TestCase("https://localhost:1", "speaks http")]
    [TestCase("nonsense", "no address")]
    [TestCase("http://localhost:1/below", "ends in a path")]
    public void Create_WrongAddress_SaysWhat(string url, string expected) =>
        Assert.That(() => ModelServer.Create(_model, new ModelServerOptions { Urls = [url] }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(expected));

    [Test]
    public void Create_NoAddress_SaysWhatIsExpected() => Assert.That(
        () => ModelServer.Create(_model, new ModelServerOptions { Urls = [] }),
        Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo("There is no address to listen on. Expected one such as http://127.0.0.1:5080."));

    [Test]
    public async Task Predict_NameThatIsNotOurs_IsRefused()
    {
        await using var server = await RunningServer.StartAsync(_model);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = RunningServer.Form(Models.Image(0)), Headers = { Host = "evil.example" } };
        Assert.That((await server.Client.SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Start_ModelThatOpensFiles_IsRefused()
    {
        var model = await Models.FilesAsync();
        await using var app = ModelServer.Create(model, new ModelServerOptions { Urls = ["http://127.0.0.1:0"] });
        Assert.That(async () => await app.StartAsync(), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("LoadImages reads files"));
    }

    [Test]
    public async Task Start_NoModel_SaysSo()
    {
        await using var app = ModelServer.Create(Models.PathOf("no.ftm"), new ModelServerOptions { Urls = ["http://127.0.0.1:0"] });
        Assert.That(async () => await app.StartAsync(), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no.ftm"));
    }
}
