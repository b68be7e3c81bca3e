using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Server.Tests;

/// <summary>Hundreds of requests that are wrong in every way: each is refused, none is a fault of the server's, and it answers as before.</summary>
public class HostileTests
{
    private const int Rounds = 8;

    private static readonly string[] _bodies =
    [
        "", " ", "{", "}", "[", "[[[[[[[[[[[[", "{\"image\":", "null", "true", "1e999", "-0", "\"", "\"\\u12", "\"\\ud800\"", "{\"image\":null}", "{\"image\":{}}", "{\"image\":[]}", "{\"image\":\"/etc/passwd\"}", "{\"image\":\"file:///etc/passwd\"}",
        "{\"image\":\"http://169.254.169.254/\"}", "{\"image\":\"data:image/png;base64,AAAA\"}", "{\"__proto__\":1}", "{\"image\":\"AA==\",\"image\":\"AA==\"}", "[1,2]", "[null]", "[\"AA==\",null]", "{\"\":\"\"}", "\u0000", "\ufeff{}", "{\"image\":\"AAAA\"} trailing",
        "<xml/>", "a=b&c=d", "--x\r\n\r\n--x--", "--x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"../../etc/passwd\"\r\n\r\nnot an image\r\n--x--\r\n", "--x\r\nContent-Disposition: form-data\r\n\r\n\r\n--x--\r\n", "--x\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\n/etc/passwd\r\n--x--\r\n",
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\ncut", "\u0089PNG\r\n\u001a\n", "GIF89a", "RIFF\u0000\u0000\u0000\u0000WEBP",
    ];

    private static readonly string[] _types =
    [
        "application/json", "application/problem+json", "multipart/form-data; boundary=x", "multipart/form-data", "multipart/form-data; boundary=\"\"", "image/png", "image/svg+xml", "application/octet-stream", "text/plain; charset=utf-7", "application/x-www-form-urlencoded", "a/b; c=\"", "*/*",
    ];

    private static readonly string[] _raw =
    [
        "GET / HTTP/9.9\r\n\r\n", "POST /predict HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 2\r\n\r\n{}", "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999\r\n\r\nx",
        "POST /predict HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\nZZ\r\n", "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "\0\0\0\0\r\n\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 100\r\n\r\nhalf",
    ];

    [Test]
    public async Task Server_HostileRequests_RefusesEachAndStaysHealthy()
    {
        var toys = Toys.All;
        var faults = new Faults();
        await using var server = await RunningServer.StartAsync(await toys.ImagesAsync(), configure: builder => builder.Logging.AddProvider(faults));
        var expected = (await server.PostAsync("/predict", RunningServer.Form(toys.Image(3)))).GetRawText();
        var wrong = new List<string>();
        await Parallel.ForEachAsync(Requests(), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (request, stop) =>
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, request.Path) { Content = new ByteArrayContent(Encoding.Latin1.GetBytes(request.Body)) };
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.Type);
            using var answer = await server.Client.SendAsync(message, stop);
            var text = await answer.Content.ReadAsStringAsync(stop);
            if ((int)answer.StatusCode is >= 400 and <= 499)
                return;
            lock (wrong)
                wrong.Add($"{request}: {answer.StatusCode} {text}");
        });
        foreach (var text in _raw)
            await SendRawAsync(server, text);
        Assert.That(wrong, Is.Empty);
        Assert.That(faults.Lines, Is.Empty);
        Assert.That(await server.IsReadyAsync(), Is.True);
        Assert.That((await server.PostAsync("/predict", RunningServer.Form(toys.Image(3)))).GetRawText(), Is.EqualTo(expected));
    }

    // A list with bad items is answered, with a reason each; so every body here is wrong as a whole.
    private static IEnumerable<(string Path, string Type, string Body)> Requests() =>
        from path in new[] { "/predict", "/embed", "/predict?top=1" }
        from type in _types
        from body in _bodies.Concat(Cut())
        select (path, type, body);

    private static IEnumerable<string> Cut()
    {
        var image = Encoding.Latin1.GetString(TestImages.SolidPng(40, 40, 1, 2, 3));
        return Enumerable.Range(1, Rounds).Select(i => image[..(image.Length * i / (Rounds + 1))]);
    }

    private static async Task SendRawAsync(RunningServer server, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port);
        try
        {
            using var reader = new StreamReader(client.GetStream());
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));
            client.Client.Shutdown(SocketShutdown.Send);
            var line = await reader.ReadLineAsync();
            Assert.That(line, Is.Null.Or.Empty.Or.Match("^HTTP/1.1 (4|50[15])"), text);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // It hung up, which is an answer too.
        }
    }

    private sealed class Faults : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            lock (Lines)
                Lines.Add($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
