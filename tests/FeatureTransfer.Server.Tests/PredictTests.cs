using System.Text.Json;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Server.Tests;

/// <summary>Answers for all that a model may read, in every form of a request.</summary>
public class PredictTests
{
    private static ToyModels Models => Toys.All;
    private RunningServer _images = null!;
    private RunningServer _texts = null!;
    private RunningServer _numbers = null!;
    private RunningServer _mixed = null!;
    private string _imageModel = "";
    private string _textModel = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        _imageModel = await Models.ImagesAsync();
        _textModel = await Models.TextsAsync();
        _images = await RunningServer.StartAsync(_imageModel);
        _texts = await RunningServer.StartAsync(_textModel);
        _numbers = await RunningServer.StartAsync(await Models.NumbersAsync());
        _mixed = await RunningServer.StartAsync(await Models.MixedAsync());
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        foreach (var server in new[] { _images, _texts, _numbers, _mixed })
            await server.DisposeAsync();
    }

    [Test]
    public async Task Predict_OneImage_InEveryForm_AnswersAsTheBundle()
    {
        using var bundle = Bundle.Load(_imageModel);
        var expected = bundle.Predict(Models.Image(3));
        var base64 = Convert.ToBase64String(Models.Image(3));
        HttpContent[] forms =
        [
            RunningServer.Form(Models.Image(3)), RunningServer.Body(Models.Image(3), "image/png"), RunningServer.Body(Models.Image(3), "application/octet-stream"),
            RunningServer.Body($$"""{ "image": "{{base64}}" }"""), RunningServer.Body($"\"{base64}\""),
        ];
        foreach (var form in forms)
        {
            var answer = await _images.PostAsync("/predict", form);
            Assert.That(answer.GetProperty("label").GetString(), Is.EqualTo("dark"));
            Assert.That(answer.GetProperty("scores").GetProperty("dark").GetSingle(), Is.EqualTo(expected.Scores[bundle.Labels.ToList().IndexOf("dark")]).Within(1e-6));
        }
    }

    [Test]
    public async Task Predict_ListWithABadImage_FailsThatOneAlone()
    {
        var answers = await _images.PostAsync("/predict?top=1", RunningServer.Form(Models.Image(0), [1, 2, 3], Models.Image(19)));
        Assert.That(answers.EnumerateArray().Select(answer => answer.GetProperty("input").GetString()), Is.EqualTo(new[] { "0.png", "1.png", "2.png" }));
        Assert.That(answers[0].GetProperty("top")[0].GetProperty("label").GetString(), Is.EqualTo("dark"));
        Assert.That(answers[1].GetProperty("error").GetString(), Does.Contain("not an image"));
        Assert.That(answers[2].GetProperty("top")[0].GetProperty("label").GetString(), Is.EqualTo("light"));
    }

    [Test]
    public async Task Predict_ListOfOne_AnswersWithAList()
    {
        var base64 = Convert.ToBase64String(Models.Image(15));
        var answers = await _images.PostAsync("/predict", RunningServer.Body($$"""[{ "image": "{{base64}}" }]"""));
        Assert.That(answers.EnumerateArray().Single().GetProperty("label").GetString(), Is.EqualTo("light"));
    }

    [Test]
    public async Task Predict_CutImage_IsAProblemWithItsReason() =>
        Assert.That(await _images.RefusalAsync("/predict", RunningServer.Form(Models.Image(3)[..40])), Does.Contain("damaged or cut short"));

    [TestCase("/etc/passwd")]
    [TestCase("file:///etc/hostname")]
    [TestCase("http://127.0.0.1:1/a.png")]
    [TestCase("../shades/0.png")]
    public async Task Predict_PathOrAddress_IsNeverRead(string path)
    {
        Assert.That(await _images.RefusalAsync("/predict", RunningServer.Body(JsonSerializer.Serialize(new { image = path }))), Does.Contain("paths and addresses are not read"));
        Assert.That(await _images.RefusalAsync("/predict", new MultipartFormDataContent { { new StringContent(path), "image" } }), Does.Contain("paths and addresses are not read"));
        Assert.That(await _images.RefusalAsync("/predict", RunningServer.Body(JsonSerializer.Serialize(new { path }))), Does.Contain("There is no member \"path\""));
    }

    [Test]
    public async Task Predict_PathOfARealImage_IsNotRead()
    {
        // The path is base64 too, as it has no dot: its bytes are no image.
        var path = Path.Combine(Models.Folder, "abcd");
        path += new string('x', 4 - (path.Replace("-", "+").Length % 4));
        File.WriteAllBytes(path, Models.Image(3));
        Assert.That(await _images.RefusalAsync("/predict", RunningServer.Body(JsonSerializer.Serialize(new { image = path.Replace("-", "+") }))), Does.Contain("not an image").Or.Contain("not base64"));
    }

    [Test]
    public async Task Predict_Texts_InEveryForm_AnswersAsTheBundle()
    {
        using var bundle = Bundle.Load(_textModel);
        var expected = bundle.PredictTexts(["g h c"])[0];
        foreach (var form in new HttpContent[] { RunningServer.Body("""{ "text": "g h c" }"""), RunningServer.Body("""{ "message": "g h c" }"""), RunningServer.Body("\"g h c\""), RunningServer.Body("g h c", "text/plain"), new MultipartFormDataContent { { new StringContent("g h c"), "message" } } })
        {
            var answer = await _texts.PostAsync("/predict", form);
            Assert.That(answer.GetProperty("label").GetString(), Is.EqualTo(expected.Label));
            Assert.That(answer.GetProperty("confidence").GetDouble(), Is.EqualTo(expected.Confidence).Within(1e-6));
        }

        var list = await _texts.PostAsync("/predict", RunningServer.Body("""["a b", "g h", "/etc/passwd"]"""));
        Assert.That(list.EnumerateArray().Select(answer => answer.GetProperty("confidence").GetDouble()), Is.EqualTo(bundle.PredictTexts(["a b", "g h", "/etc/passwd"]).Select(answer => answer.Confidence)).Within(1e-6), "a text is a text, whatever it looks like");
    }

    [Test]
    public async Task Predict_Numbers_AnswersWithNumbers()
    {
        var answers = await _numbers.PostAsync("/predict", RunningServer.Body("""[{ "x": 5, "y": 1 }, { "y": 2.0, "x": 1e0 }]"""));
        using var bundle = Bundle.Load(await Models.NumbersAsync());
        File.WriteAllText(Models.PathOf("asked.csv"), "x,y\n5,1\n1,2\n");
        Assert.That(answers.EnumerateArray().Select(answer => answer.GetProperty("number").GetSingle()), Is.EqualTo(bundle.PredictTable(Models.PathOf("asked.csv")).Select(answer => answer.Score!.Value)).Within(1e-5f));
        var form = await _numbers.PostAsync("/predict", new MultipartFormDataContent { { new StringContent("5"), "x" }, { new StringContent("1"), "y" } });
        Assert.That(form.GetProperty("number").GetDouble(), Is.EqualTo(answers[0].GetProperty("number").GetDouble()).Within(1e-6));
    }

    [Test]
    public async Task Predict_ImageTextAndNumber_InBothForms_Agree()
    {
        var json = await _mixed.PostAsync("/predict", RunningServer.Body(JsonSerializer.Serialize(new { image = Models.Image(2), brand = "Ohm", price = 2 })));
        var form = RunningServer.Form(Models.Image(2));
        form.Add(new StringContent("Ohm"), "brand");
        form.Add(new StringContent("2"), "price");
        var posted = await _mixed.PostAsync("/predict", form);
        Assert.That(json.GetProperty("label").GetString(), Is.EqualTo("dark"));
        Assert.That(posted.GetProperty("confidence").GetDouble(), Is.EqualTo(json.GetProperty("confidence").GetDouble()));
    }

    [Test]
    public async Task Predict_Recordings_AnswersAsTheBundle()
    {
        var model = await Models.RecordingsAsync();
        using var bundle = Bundle.Load(model);
        await using var server = await RunningServer.StartAsync(model);
        var expected = bundle.Predict(ToyModels.Recording(15));
        foreach (var form in new HttpContent[] { RunningServer.Body(ToyModels.Recording(15), "audio/wav"), RunningServer.Form(ToyModels.Recording(15)), RunningServer.Body(JsonSerializer.Serialize(new { audio = ToyModels.Recording(15) })) })
            Assert.That((await server.PostAsync("/predict", form)).GetProperty("confidence").GetDouble(), Is.EqualTo(expected.Confidence).Within(1e-5));
        Assert.That(await server.RefusalAsync("/predict", RunningServer.Form([1, 2, 3])), Is.Not.Empty);
        Assert.That((await server.GetAsync("/model")).GetProperty("inputs")[0].GetProperty("kind").GetString(), Is.EqualTo("audio"));
    }

    [TestCase("{}", "\"image\" is missing")]
    [TestCase("[]", "no item")]
    [TestCase("3", "the number 3")]
    [TestCase("{ \"image\": 3 }", "not base64")]
    [TestCase("{ \"image\": \"\" }", "empty")]
    [TestCase("{ \"imge\": \"\" }", "Did you mean")]
    [TestCase("{ \"image\": \"AA==\", \"image\": \"AA==\" }", "no JSON that can be used")]
    [TestCase("{ \"image\": ", "no JSON that can be used")]
    [TestCase("\"\\ud800\"", "no")]
    public async Task Predict_WrongJson_SaysWhat(string json, string expected) => Assert.That(await _images.RefusalAsync("/predict", RunningServer.Body(json)), Does.Contain(expected));

    [TestCase("{ \"x\": \"5\", \"y\": 1 }", "\"x\" is a text")]
    [TestCase("{ \"x\": 1e39, \"y\": 1 }", "finite")]
    [TestCase("{ \"x\": null, \"y\": 1 }", "\"x\" is missing")]
    [TestCase("{ \"x\": 1, \"y\": 1, \"z\": 1 }", "no member \"z\"")]
    [TestCase("5", "the number 5")]
    public async Task Predict_WrongNumbers_SaysWhat(string json, string expected) => Assert.That(await _numbers.RefusalAsync("/predict", RunningServer.Body(json)), Does.Contain(expected));

    [Test]
    public async Task Predict_WrongMediaType_SaysWhichThereAre()
    {
        Assert.That(await _images.RefusalAsync("/predict", RunningServer.Body("a", "text/plain"), 415), Does.Contain("multipart/form-data"));
        Assert.That(await _images.RefusalAsync("/predict", new ByteArrayContent(Models.Image(0)), 415), Does.Contain("no Content-Type"));
        Assert.That(await _texts.RefusalAsync("/predict", RunningServer.Form(Models.Image(0))), Does.Contain("reads no files"));
    }

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("x")]
    public async Task Predict_WrongTop_SaysWhat(string top) => Assert.That(await _images.RefusalAsync($"/predict?top={top}", RunningServer.Form(Models.Image(0))), Does.Contain("top is the number"));

    [Test]
    public async Task Embed_Images_GivesTheBackbonesFeatures()
    {
        var answers = await _images.PostAsync("/embed", RunningServer.Form(Models.Image(4), [9]));
        Assert.That(answers[0].GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle()), Is.EqualTo(ColourImages.Expected(4)).Within(1e-5));
        Assert.That(answers[1].GetProperty("error").GetString(), Does.Contain("not an image"));
        Assert.That((await _texts.PostAsync("/embed", RunningServer.Body("\"a b\""))).GetProperty("embedding").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task Predict_TopOfNumbers_SaysThatThereAreNoLabels() =>
        Assert.That(await _numbers.RefusalAsync("/predict?top=1", RunningServer.Body("""{ "x": 5, "y": 1 }""")), Does.Contain("numbers and have no labels: leave top out"));

    [Test]
    public async Task Embed_ModelWithoutBackbone_IsNotFound()
    {
        using var rejected = new Measured("featuretransfer.server.rejected");
        Assert.That(await _numbers.RefusalAsync("/embed", RunningServer.Body("""{ "x": 5, "y": 1 }"""), 404), Does.Contain("no frozen backbone"));
        Assert.That(rejected.Tags, Is.EqualTo(new[] { "[reason, no features]" }));
    }

    [Test]
    public async Task Model_TellsWhatItReadsAndAnswers()
    {
        var images = await _images.GetAsync("/model");
        Assert.That(images.GetProperty("labels").EnumerateArray().Select(label => label.GetString()), Is.EquivalentTo(new[] { "dark", "light" }));
        Assert.That(images.GetProperty("inputs")[0].GetRawText(), Is.EqualTo("""{"name":"image","kind":"image"}"""));
        Assert.That((images.GetProperty("features").GetInt32(), images.GetProperty("task").GetString(), images.GetProperty("hash").GetString()!.Length), Is.EqualTo((3, "multiclass", 64)));
        var mixed = await _mixed.GetAsync("/model");
        Assert.That(mixed.GetProperty("inputs").EnumerateArray().Select(input => $"{input.GetProperty("name")}:{input.GetProperty("kind")}"), Is.EqualTo(new[] { "image:image", "brand:text", "price:number" }));
    }

    [Test]
    public async Task OpenApi_DescribesWhatTheModelReads()
    {
        var document = await _mixed.GetAsync("/openapi/v1.json");
        Assert.That(document.GetProperty("info").GetProperty("title").GetString(), Is.EqualTo("mixed"));
        var form = document.GetProperty("paths").GetProperty("/predict").GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("multipart/form-data").GetProperty("schema");
        Assert.That(form.GetProperty("properties").EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "image", "brand", "price" }));
    }

    [Test]
    public async Task Docs_LoadNothingFromOtherServers()
    {
        using var page = await _images.Client.GetAsync("/docs/");
        var html = await page.Content.ReadAsStringAsync();
        Assert.That(page.IsSuccessStatusCode, Is.True, html);
        Assert.That(html, Does.Not.Match("(src|href)=\"(https?:)?//"));
        Assert.That(html, Does.Contain("\"telemetry\":false").IgnoreCase.And.Contain("\"withDefaultFonts\":false").IgnoreCase);
        Assert.That(page.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("default-src 'self'"));
        var script = System.Text.RegularExpressions.Regex.Match(html, "src=\"([^\"]+\\.js[^\"]*)\"").Groups[1].Value;
        using var loaded = await _images.Client.GetAsync(new Uri(new Uri(_images.Client.BaseAddress!, "/docs/"), script));
        Assert.That((await loaded.Content.ReadAsByteArrayAsync()).Length, Is.GreaterThan(1000), script);
    }
}
