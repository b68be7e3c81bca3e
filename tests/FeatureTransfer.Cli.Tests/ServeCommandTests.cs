using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using FeatureTransfer.Cli.Tests.Samples;

namespace FeatureTransfer.Cli.Tests;

/// <summary>ft serve: starts, answers, and ends when it is told to.</summary>
public class ServeCommandTests
{
    private readonly ColourFolder _colours = new(8);

    [OneTimeSetUp]
    public async Task Train() => Assert.That((await Ft.RunAsync("run", _colours.Pipeline, "--quiet")).Code, Is.EqualTo(ExitCodes.Ok));

    [OneTimeTearDown]
    public void Remove() => _colours.Dispose();

    [Test, CancelAfter(120_000)]
    public async Task Serve_Bundle_AnswersUntilItIsCancelled(CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var output = new SharedWriter();
        var run = FtApp.RunAsync(["serve", _colours.Bundle, "--port", "0", "--json"], output, TextWriter.Null, end.Token);
        while (!output.ToString().Contains('\n', StringComparison.Ordinal) && !run.IsCompleted)
            await Task.Delay(20, stop);
        using var client = new HttpClient { BaseAddress = new Uri(JsonDocument.Parse(output.ToString()).RootElement.GetProperty("urls")[0].GetString()!) };
        var answer = await AskAsync(client, stop);
        var (_, offline, _) = await Ft.RunAsync(["predict", _colours.Bundle, _colours.ImagePath("green", 0), "--json"], stop);
        Assert.That(answer.GetProperty("label").GetString(), Is.EqualTo("green"));
        Assert.That(answer.GetProperty("scores").GetRawText(), Is.EqualTo(JsonSerializer.Serialize(JsonDocument.Parse(offline).RootElement[0].GetProperty("scores"))), "in the form of ft predict");
        await end.CancelAsync();
        Assert.That(await run, Is.EqualTo(ExitCodes.Ok));
    }

    [Test, CancelAfter(120_000)]
    [Platform(Exclude = "Win", Reason = "There is no SIGTERM.")]
    public async Task Serve_Terminated_EndsCleanly(CancellationToken stop)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(FtApp).Assembly.Location, "serve", _colours.Bundle, "--port", port.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var ft = Process.Start(start)!;
        try
        {
            var line = await ft.StandardOutput.ReadLineAsync(stop);
            Assert.That(line, Does.Contain($"http://127.0.0.1:{port}"), line is null ? await ft.StandardError.ReadToEndAsync(stop) : line);
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            Assert.That((await AskAsync(client, stop)).GetProperty("label").GetString(), Is.EqualTo("green"));
            using (var kill = Process.Start("kill", ["-TERM", ft.Id.ToString(CultureInfo.InvariantCulture)]))
                await kill.WaitForExitAsync(stop);
            await ft.WaitForExitAsync(stop);
            Assert.That(ft.ExitCode, Is.EqualTo(ExitCodes.Ok));
        }
        finally
        {
            if (!ft.HasExited)
                ft.Kill();
        }
    }

    [TestCase("--urls", "http://0.0.0.0:0", ExitCodes.BadInput, "no API key")]
    [TestCase("--urls", "https://127.0.0.1:0", ExitCodes.BadInput, "speaks http")]
    [TestCase("--api-key-file", "no-such-file", ExitCodes.BadInput, "no-such-file")]
    [TestCase("--port", "70000", ExitCodes.Usage, "0 to 65535")]
    [TestCase("--max-items", "0", ExitCodes.Usage, "1 to 1000000")]
    [TestCase("--otlp", "nonsense", ExitCodes.Usage, "an address")]
    public async Task Serve_WrongOption_SaysWhat(string option, string value, int code, string expected)
    {
        var outcome = await Ft.RunAsync("serve", _colours.Bundle, option, value);
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((code, outcome.Error)));
        Assert.That(outcome.Error, Does.Contain(expected));
    }

    [Test]
    public async Task Serve_NoBundle_SaysSo()
    {
        var (code, _, error) = await Ft.RunAsync("serve", "no-such.ftm", "--port", "0");
        Assert.That((code, error), Is.EqualTo((ExitCodes.BadInput, error)));
        Assert.That(error, Does.Contain("no-such.ftm"));
    }

    private async Task<JsonElement> AskAsync(HttpClient client, CancellationToken stop)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(await File.ReadAllBytesAsync(_colours.ImagePath("green", 0), stop)), "file", "green.png" } };
        using var answer = await client.PostAsync("/predict", form, stop);
        var text = await answer.Content.ReadAsStringAsync(stop);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
