using System.Globalization;
using System.Text.Json;
using FeatureTransfer.Cli.Tests.Samples;
using FeatureTransfer.Studio.Tests;
using Microsoft.Playwright;

namespace FeatureTransfer.Cli.Tests;

/// <summary>ft studio is killed with no warning, each time as soon as the page shows what was done.</summary>
[NonParallelizable]
public class StudioKilledTests
{
    private ColourFolder _colours = null!;
    private string _home = "";
    private int _port;

    [SetUp]
    public void MakeFolders() => (_colours, _home) = (new ColourFolder(2), Directory.CreateTempSubdirectory("ft-killed-").FullName);

    [TearDown]
    public void RemoveFolders()
    {
        _colours.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    [Test]
    public async Task Studio_KilledWhenSomethingIsShown_HasItWhenStartedAnew()
    {
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.Browser.NewPageAsync();
        await UntilKilledAsync(page, [], shown: "1 labelled · 1 label", async () =>
        {
            await page.Keyboard.PressAsync("Home");
            await page.Locator("#label-name input").FocusAsync();
            await page.Keyboard.TypeAsync("cat");
            await page.Keyboard.PressAsync("Enter");
        });
        await UntilKilledAsync(page, ["blue/0.png,cat"], shown: "2 labelled · 1 label", async () =>
        {
            await page.Keyboard.PressAsync("Home");
            await page.Keyboard.PressAsync("ArrowRight");
            await page.Keyboard.PressAsync("1");
        });
        await UntilKilledAsync(page, ["blue/0.png,cat", "blue/1.png,cat"], shown: "1 labelled · 1 label", () => page.Keyboard.PressAsync("Control+z"));

        var journal = await File.ReadAllTextAsync(Path.Combine(_colours.Images, ".studio", "journal.jsonl"));
        Assert.That(journal, Does.EndWith("\n"));
        Assert.That(journal.Trim().Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("do").GetString()), Is.EqualTo((string[])["label", "label", "undo"]));
    }

    // Starts it, compares with what was shown before, works on the page by keys, and kills it at the moment at which the page shows the outcome.
    private async Task UntilKilledAsync(IPage page, string[] before, string shown, Func<Task> work)
    {
        using var ft = FtProcess.Start(_home, ["studio", _colours.Images, "--backbone", _colours.Backbone, "--port", _port.ToString(CultureInfo.InvariantCulture), "--json"]);
        var address = new Uri(JsonDocument.Parse(await ft.FirstOutput).RootElement.GetProperty("address").GetString()!);

        // The same port again, so that the browser has the page's files already.
        _port = address.Port;
        await page.RunAndWaitForResponseAsync(() => page.GotoAsync(address.ToString()), response => response.Url.EndsWith("/points", StringComparison.Ordinal));
        Assert.That(await page.Locator(".counts").TextContentAsync(), Does.Contain($" {before.Length} labelled"));
        if (before.Length > 0)
            Assert.That(await File.ReadAllLinesAsync(Path.Combine(_colours.Images, "labels.csv")), Is.EqualTo(before.Prepend("path,label")));
        await page.Locator("#grid").FocusAsync();
        await work();
        await page.WaitForFunctionAsync("shown => document.querySelector('.counts').textContent.includes(shown)", shown);
        Assert.That(await ft.KillAfterAsync(TimeSpan.Zero), Is.True, "it was running");
    }
}
