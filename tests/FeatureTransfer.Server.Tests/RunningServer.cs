using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace FeatureTransfer.Server.Tests;

/// <summary>A server of a model on a free port of this machine, with a client.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private RunningServer(WebApplication app)
    {
        App = app;
        Client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromMinutes(2) };
    }

    public WebApplication App { get; }

    public HttpClient Client { get; }

    public static async Task<RunningServer> StartAsync(string model, FeatureTransferServerOptions? options = null, Action<WebApplicationBuilder>? configure = null)
    {
        var app = ModelServer.Create(model, new ModelServerOptions { Urls = ["http://127.0.0.1:0"], Server = options ?? new FeatureTransferServerOptions() }, configure);
        await app.StartAsync();
        return new RunningServer(app);
    }

    /// <summary>A form with files.</summary>
    public static MultipartFormDataContent Form(params IReadOnlyList<byte[]> files)
    {
        var form = new MultipartFormDataContent();
        for (var i = 0; i < files.Count; i++)
            form.Add(new ByteArrayContent(files[i]), "file", $"{i}.png");
        return form;
    }

    /// <summary>A body of these bytes.</summary>
    public static ByteArrayContent Body(byte[] content, string type)
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return body;
    }

    /// <summary>A body of a text.</summary>
    public static ByteArrayContent Body(string content, string type = "application/json") => Body(System.Text.Encoding.UTF8.GetBytes(content), type);

    /// <summary>Posts, and reads the JSON of the answer, which has to have this status.</summary>
    public async Task<JsonElement> PostAsync(string path, HttpContent content, int status = 200)
    {
        using var response = await Client.PostAsync(path, content);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(status), text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Posts what cannot be answered, and reads why.</summary>
    public async Task<string> RefusalAsync(string path, HttpContent content, int status = 400)
    {
        using var response = await Client.PostAsync(path, content);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(status), text);
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        return JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString()!;
    }

    /// <summary>Whether it is healthy and ready.</summary>
    public async Task<bool> IsReadyAsync() => (await Client.GetAsync("/health/ready")).IsSuccessStatusCode && (await Client.GetAsync("/health/live")).IsSuccessStatusCode;

    /// <summary>GET, as JSON.</summary>
    public Task<JsonElement> GetAsync(string path) => Client.GetFromJsonAsync<JsonElement>(path);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }
}
