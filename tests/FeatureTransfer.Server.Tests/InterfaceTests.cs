using System.Text.Encodings.Web;
using System.Text.Json;

namespace FeatureTransfer.Server.Tests;

/// <summary>The OpenAPI document and the page that shows it, by what a model reads.</summary>
public class InterfaceTests
{
    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static IEnumerable<TestCaseData> Models()
    {
        yield return new("images", new[] { "application/json", "multipart/form-data", "application/octet-stream" }, """{"image":{"type":"string","description":"The file's bytes as base64","format":"byte"}}""", """{"image":{"type":"string","description":"The file","format":"binary"}}""", """{"type":"string","format":"binary"}""");
        yield return new("texts", new[] { "application/json", "multipart/form-data", "text/plain" }, """{"message":{"type":"string"}}""", """{"message":{"type":"string"}}""", """{"type":"string"}""");
        yield return new("numbers", new[] { "application/json", "multipart/form-data" }, """{"x":{"type":"number","format":"float"},"y":{"type":"number","format":"float"}}""", """{"x":{"type":"number","format":"float"},"y":{"type":"number","format":"float"}}""", null);
    }

    [TestCaseSource(nameof(Models))]
    public async Task OpenApi_Bodies_AreWhatTheModelReads(string model, string[] types, string inJson, string inForm, string? alone)
    {
        var path = model switch { "images" => Toys.All.ImagesAsync(), "texts" => Toys.All.TextsAsync(), _ => Toys.All.NumbersAsync() };
        await using var server = await RunningServer.StartAsync(await path);
        var paths = (await server.GetAsync("/openapi/v1.json")).GetProperty("paths");
        foreach (var body in new[] { "/predict", "/embed" }.Select(name => paths.GetProperty(name).GetProperty("post").GetProperty("requestBody")))
        {
            var content = body.GetProperty("content");
            Assert.That(body.GetProperty("required").GetBoolean(), Is.True);
            Assert.That(content.EnumerateObject().Select(type => type.Name), Is.EqualTo(types));
            var json = Schema(content, types[0]).GetProperty("oneOf");
            Assert.That(json.EnumerateArray().Select(item => item.GetProperty("type").GetString()), Is.EqualTo(new[] { "object", "array" }));
            Assert.That(new[] { Item(json[0]), Item(json[1].GetProperty("items")), Item(Schema(content, types[1])) }, Is.EqualTo(new[] { inJson, inJson, inForm }));
            if (alone is not null)
                Assert.That(JsonSerializer.Serialize(Schema(content, types[2])), Is.EqualTo(JsonSerializer.Serialize(JsonDocument.Parse(alone).RootElement)));
        }
    }

    [Test]
    public async Task OpenApi_Operations_SayWhatTheyAnswer()
    {
        await using var server = await RunningServer.StartAsync(await Toys.All.NumbersAsync());
        var document = await server.GetAsync("/openapi/v1.json");
        var (predict, embed, model) = (Operation(document, "/predict", "post"), Operation(document, "/embed", "post"), Operation(document, "/model", "get"));
        Assert.That(document.GetProperty("info").GetProperty("version").GetString(), Is.EqualTo((await server.GetAsync("/model")).GetProperty("hash").GetString()![..8]));
        Assert.That(new[] { predict, embed, model }.Select(operation => operation.GetProperty("summary").GetString()), Is.EqualTo(new[]
        {
            "Answers for one item, or for a list of items", "Features of the model's backbone for one item, or for a list of items", "What the model reads and answers",
        }));
        Assert.That(new[] { predict, embed }.Select(Statuses), Is.All.EqualTo(new[] { "200", "400", "401", "413", "415", "429", "503" }));
        Assert.That(Statuses(model), Is.EqualTo(new[] { "200", "401" }));
        Assert.That(new[] { predict, embed, model }.Select(operation => operation.GetProperty("tags")[0].GetString()), Is.All.EqualTo("model"));
        var top = predict.GetProperty("parameters")[0];
        Assert.That((top.GetProperty("name").GetString(), top.GetProperty("in").GetString(), top.GetProperty("schema").GetProperty("type").GetString(), top.GetProperty("schema").GetProperty("minimum").GetInt32()), Is.EqualTo(("top", "query", "integer", 1)));
        Assert.That(embed.TryGetProperty("parameters", out _), Is.False);
        Assert.That(document.GetProperty("paths").EnumerateObject().Select(path => path.Name), Is.EquivalentTo(new[] { "/predict", "/embed", "/model" }));
    }

    [Test]
    public async Task Docs_Page_OffersNothingOfOthers()
    {
        await using var server = await RunningServer.StartAsync(await Toys.All.ImagesAsync());
        using var page = await server.Client.GetAsync("/");
        var html = await page.Content.ReadAsStringAsync();
        Assert.That(page.RequestMessage!.RequestUri!.AbsolutePath, Does.StartWith("/docs"));
        Assert.That(html, Does.Contain("<title>FeatureTransfer</title>"));
        Assert.That(html, Does.Contain("\"agent\":{\"disabled\":true}").And.Contain("\"mcp\":{\"disabled\":true}").And.Contain("\"hideClientButton\":true").And.Contain("\"showDeveloperTools\":\"never\""));
    }

    private static JsonElement Schema(JsonElement content, string type) => content.GetProperty(type).GetProperty("schema");

    private static JsonElement Operation(JsonElement document, string path, string method) => document.GetProperty("paths").GetProperty(path).GetProperty(method);

    private static string[] Statuses(JsonElement operation) => [.. operation.GetProperty("responses").EnumerateObject().Select(response => response.Name)];

    // The members, each of which has to be there.
    private static string Item(JsonElement schema)
    {
        var members = schema.GetProperty("properties");
        Assert.That(schema.GetProperty("type").GetString(), Is.EqualTo("object"));
        Assert.That(schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()), Is.EqualTo(members.EnumerateObject().Select(member => member.Name)));
        return JsonSerializer.Serialize(members, _plain);
    }
}
