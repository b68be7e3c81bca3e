using System.Net;
using System.Text.Json;

namespace FeatureTransfer.Cli.Tests;

/// <summary>ft studio: starts, serves its page with all that it needs, and ends when it is told to.</summary>
public class StudioCommandTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ft-studio-").FullName;

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test, CancelAfter(120_000)]
    public async Task Studio_Folder_ShowsAPageUntilItIsCancelled(CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var output = new SharedWriter();
        var run = FtApp.RunAsync(["studio", _folder, "--port", "0", "--json"], output, TextWriter.Null, end.Token);
        while (!output.ToString().Contains('\n', StringComparison.Ordinal) && !run.IsCompleted)
            await Task.Delay(20, stop);
        var address = new Uri(JsonDocument.Parse(output.ToString()).RootElement.GetProperty("address").GetString()!);
        using var client = new HttpClient { BaseAddress = address };
        Assert.That((await client.GetAsync("/studio.js", stop)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await client.GetAsync(address, stop)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await client.GetStringAsync("/", stop), Does.Contain("_framework/blazor.web.js"));
        foreach (var asset in new[] { "/studio.js", "/studio.css", "/_framework/blazor.web.js", "/_content/Microsoft.FluentUI.AspNetCore.Components/Microsoft.FluentUI.AspNetCore.Components.lib.module.js" })
            Assert.That((await client.GetAsync(asset, stop)).StatusCode, Is.EqualTo(HttpStatusCode.OK), asset);
        await end.CancelAsync();
        Assert.That(await run, Is.EqualTo(ExitCodes.Ok));
    }

    [TestCase("--port", "70000", ExitCodes.Usage, "0 to 65535")]
    [TestCase("--backbone", "no-such", ExitCodes.BadInput, "no backbone 'no-such'")]
    public async Task Studio_WrongOption_SaysWhat(string option, string value, int code, string expected)
    {
        var outcome = await Ft.RunAsync("studio", _folder, option, value);
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((code, outcome.Error)));
        Assert.That(outcome.Error, Does.Contain(expected));
    }

    [Test]
    public async Task Studio_NoFolder_SaysSo()
    {
        var (code, _, error) = await Ft.RunAsync("studio", Path.Combine(_folder, "none"), "--port", "0");
        Assert.That((code, error), Is.EqualTo((ExitCodes.BadInput, error)));
        Assert.That(error, Does.Contain("no such folder"));
    }
}
