using System.Net;
using FeatureTransfer.Studio.Hosting;

namespace FeatureTransfer.Studio.Tests;

/// <summary>Who may ask the studio, and for what.</summary>
public class AccessTests
{
    private readonly ToyFolder _toys = new(1);
    private StudioHost _studio = null!;
    private HttpClient _client = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _studio = StudioHost.Create(_toys.Folder, new StudioOptions { Port = 0, Backbone = _toys.Backbone });
        await _studio.App.StartAsync();
        _client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(_studio.App.Urls.First()) };
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _studio.DisposeAsync();
        _toys.Dispose();
    }

    private string Token => _studio.Address.Query["?token=".Length..];

    private string Cookie => $"ft-studio-{_studio.Address.Port}={Token}";

    [Test]
    public async Task Address_Token_GivesAStrictCookieAndNoPage()
    {
        using var answer = await _client.GetAsync(_studio.Address);
        Assert.That(answer.Headers.GetValues("Set-Cookie").Single(), Does.StartWith(Cookie).And.Contain("httponly").And.Contain("samesite=strict"));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("url=/").And.Not.Contain(Token));
    }

    [TestCase("/", HttpStatusCode.Unauthorized)]
    [TestCase("/?token=0123456789abcdef0123456789abcdef", HttpStatusCode.Unauthorized)]
    [TestCase("/points", HttpStatusCode.Unauthorized)]
    [TestCase("/thumbs/0/x", HttpStatusCode.Unauthorized)]
    [TestCase("/studio.js", HttpStatusCode.Unauthorized)]
    [TestCase("/_blazor/negotiate", HttpStatusCode.Unauthorized)]
    public async Task Get_WithoutCookie_IsRefused(string path, HttpStatusCode expected) => Assert.That(await StatusAsync(path, cookie: "other=1"), Is.EqualTo(expected));

    [TestCase("/", HttpStatusCode.OK)]
    [TestCase("/points", HttpStatusCode.OK)]
    [TestCase("/thumbs/0/x", HttpStatusCode.OK)]
    [TestCase("/rows/2", HttpStatusCode.OK)]
    [TestCase("/studio.js", HttpStatusCode.OK)]
    [TestCase("/studio.css", HttpStatusCode.OK)]
    [TestCase("/_framework/blazor.web.js", HttpStatusCode.OK)]
    [TestCase("/_content/Microsoft.FluentUI.AspNetCore.Components/Microsoft.FluentUI.AspNetCore.Components.lib.module.js", HttpStatusCode.OK)]
    [TestCase("/thumbs/3/x", HttpStatusCode.NotFound)]
    [TestCase("/thumbs/-1/x", HttpStatusCode.NotFound)]
    [TestCase("/rows/..%2f..%2fetc%2fpasswd", HttpStatusCode.NotFound)]
    [TestCase("/..%2f..%2fetc%2fpasswd", HttpStatusCode.NotFound)]
    [TestCase("/exported/0", HttpStatusCode.NotFound)]
    [TestCase("/exported/9", HttpStatusCode.NotFound)]
    public async Task Get_WithCookie_GivesWhatThereIs(string path, HttpStatusCode expected) => Assert.That(await StatusAsync(path), Is.EqualTo(expected));

    [TestCase("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [TestCase("Origin", "null", HttpStatusCode.Forbidden)]
    [TestCase("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [TestCase("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [TestCase("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [TestCase("Host", "evil.example", HttpStatusCode.BadRequest)]
    public async Task Get_FromElsewhere_IsRefusedInSpiteOfTheCookie(string header, string value, HttpStatusCode expected) =>
        Assert.That(await StatusAsync("/points", header: (header, value)), Is.EqualTo(expected));

    [Test]
    public async Task Post_WithoutTheScriptsHeader_AddsNothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/files?name=x.png") { Content = new ByteArrayContent(ToyFolder.Image(0, 50)) };
        request.Headers.Add("Cookie", Cookie);
        using var answer = await _client.SendAsync(request);
        Assert.That((answer.StatusCode, File.Exists(Path.Combine(_toys.Folder, "x.png"))), Is.EqualTo((HttpStatusCode.Forbidden, false)));
    }

    [TestCase("../up.png", true, HttpStatusCode.OK, "up.png")]
    [TestCase("page.html", false, HttpStatusCode.BadRequest, "page.html")]
    public async Task Post_File_LandsInTheFolderOrIsRefused(string name, bool isImage, HttpStatusCode expected, string lands)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/files?name={Uri.EscapeDataString(name)}") { Content = new ByteArrayContent(isImage ? ToyFolder.Image(0, 51) : "<b>"u8.ToArray()) };
        request.Headers.Add("Cookie", Cookie);
        request.Headers.Add(AccessGate.ScriptHeader, "1");
        using var answer = await _client.SendAsync(request);
        Assert.That((answer.StatusCode, File.Exists(Path.Combine(_toys.Folder, lands))), Is.EqualTo((expected, isImage)));
    }

    [Test]
    public async Task Get_Page_ForbidsWhatIsFromElsewhere()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Cookie", Cookie);
        using var answer = await _client.SendAsync(request);
        Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("default-src 'none'").And.Contain("frame-ancestors 'none'").And.Not.Contain("unsafe-eval"));
        Assert.That(answer.Headers.Contains("Server"), Is.False);
        Assert.That(_studio.App.Urls, Is.All.StartsWith("http://127.0.0.1:"));
    }

    private async Task<HttpStatusCode> StatusAsync(string path, string? cookie = null, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Cookie", cookie ?? Cookie);
        if (header is { } added)
            request.Headers.TryAddWithoutValidation(added.Name, added.Value);
        using var answer = await _client.SendAsync(request);
        return answer.StatusCode;
    }
}
