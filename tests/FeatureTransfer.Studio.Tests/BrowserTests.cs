using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace FeatureTransfer.Studio.Tests;

/// <summary>The whole story in a browser: by the mouse, by keys, light and dark.</summary>
[NonParallelizable]
public class BrowserTests
{
    private readonly ToyFolder _toys = new(6);
    private readonly List<string> _errors = [];
    private StudioHost _studio = null!;
    private Chromium _chromium = null!;
    private IBrowserContext _context = null!;
    private IPage _page = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _chromium = await Chromium.StartAsync();
        Assertions.SetDefaultExpectTimeout(20_000);
        _studio = StudioHost.Create(_toys.Folder, new StudioOptions { Port = 0, Backbone = _toys.Backbone });
        await _studio.App.StartAsync();
        _context = await _chromium.Browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 }, ColorScheme = ColorScheme.Light });
        _context.SetDefaultTimeout(15_000);
        _page = await OpenAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        if (_studio is not null)
            await _studio.DisposeAsync();
        _toys.Dispose();
    }

    [TearDown]
    public async Task Shoot()
    {
        if (Environment.GetEnvironmentVariable("FT_SCREENSHOTS") is { Length: > 0 } folder)
            await _page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{TestContext.CurrentContext.Test.MethodName}.png") });
        Assert.That(_errors, Is.Empty, "the console");
    }

    [Test]
    public async Task Drop_Files_JoinTheItems()
    {
        await Assertions.Expect(_page.Locator(".counts")).ToContainTextAsync("18 items");
        var drop = await _page.EvaluateHandleAsync("bytes => { const drop = new DataTransfer(); drop.items.add(new File([new Uint8Array(bytes)], 'dropped.png', { type: 'image/png' })); return drop; }", ToyFolder.Image(0, 60).Select(value => (int)value).ToArray());
        await _page.DispatchEventAsync("main", "drop", new { dataTransfer = drop });
        await Assertions.Expect(_page.Locator(".counts")).ToContainTextAsync("19 items");
        await _page.Locator("#add-files").SetInputFilesAsync(_toys.Outside("chosen.png", ToyFolder.Image(1, 61)));
        await Assertions.Expect(_page.Locator(".counts")).ToContainTextAsync("20 items");
        Assert.That(File.Exists(Path.Combine(_toys.Folder, "dropped.png")), Is.True);
    }

    /// <summary>With the mouse: a lasso around a corner of the map, and a label that is typed.</summary>
    [Test, DependsOnTest(nameof(Drop_Files_JoinTheItems))]
    public async Task Lasso_AroundItems_LabelsThem()
    {
        await Assertions.Expect(_page.Locator(".work progress")).ToHaveCountAsync(0);
        var box = (await _page.Locator("canvas").BoundingBoxAsync())!;
        (float X, float Y)[] corners = [(0.02f, 0.02f), (0.98f, 0.02f), (0.98f, 0.98f), (0.02f, 0.98f)];
        await _page.Mouse.MoveAsync(box.X + (box.Width * corners[0].X), box.Y + (box.Height * corners[0].Y));
        await _page.Mouse.DownAsync();
        foreach (var (x, y) in corners.Skip(1))
            await _page.Mouse.MoveAsync(box.X + (box.Width * x), box.Y + (box.Height * y), new MouseMoveOptions { Steps = 4 });
        await _page.Mouse.UpAsync();
        await Assertions.Expect(_page.Locator("#label-title")).ToContainTextAsync("20 items");
        await _page.Keyboard.PressAsync("Escape");
        foreach (var colour in new[] { "red", "green" })
        {
            await _page.Locator($".tile[title^='{colour}']").First.ClickAsync();
            for (var i = 1; i < 5; i++)
                await _page.Locator($".tile[title^='{colour}']").Nth(i).ClickAsync(new LocatorClickOptions { Modifiers = [KeyboardModifier.Control] });
            await Assertions.Expect(_page.Locator("#label-title")).ToContainTextAsync("5 items");
            await _page.Locator("#label-name input").FillAsync(colour);
            await _page.Locator("#label-set").ClickAsync();
            await Assertions.Expect(_page.Locator("#label-title")).Not.ToContainTextAsync("5 items");
        }

        await Assertions.Expect(_page.Locator(".counts")).ToContainTextAsync("10 labelled · 2 labels");
    }

    /// <summary>With keys alone: Tab to the items, arrows, digits.</summary>
    [Test, DependsOnTest(nameof(Lasso_AroundItems_LabelsThem))]
    public async Task Keys_ArrowsAndDigits_LabelAndUndo()
    {
        await _page.Locator("#filter").SelectOptionAsync("Unlabelled");
        await _page.Locator("#grid").FocusAsync();
        await _page.Keyboard.PressAsync("Home");
        await _page.Keyboard.PressAsync("1");
        await Assertions.Expect(_page.Locator(".counts")).ToContainTextAsync("11 labelled");
        await _page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(_page.Locator(".counts")).ToContainTextAsync("10 labelled");
        await Assertions.Expect(_page.Locator("#grid [aria-selected]").First).ToBeVisibleAsync();
    }

    [Test, DependsOnTest(nameof(Keys_ArrowsAndDigits_LabelAndUndo))]
    public async Task Train_WithAWrongLabel_DoubtsItAndAKeyMendsIt()
    {
        await _page.Locator("#filter").SelectOptionAsync("All");
        await _page.Locator(".tile[title='red-00.png']").ClickAsync();
        await _page.Locator("#grid").FocusAsync();
        await _page.Keyboard.PressAsync("2");
        await _page.Locator("#train").ClickAsync();
        await Assertions.Expect(_page.Locator("#show-doubtful")).ToBeVisibleAsync();
        await _page.Locator("#show-doubtful").ClickAsync();
        await Assertions.Expect(_page.Locator(".tile")).ToHaveCountAsync(1);
        await _page.Locator("#grid").FocusAsync();
        await _page.Keyboard.PressAsync("1");
        await Assertions.Expect(_page.Locator(".tile")).ToHaveCountAsync(0);
        await _page.Locator("#train").FocusAsync();
        await _page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(_page.Locator("#result-title + .score")).ToContainTextAsync("100%");
    }

    [Test, DependsOnTest(nameof(Train_WithAWrongLabel_DoubtsItAndAKeyMendsIt))]
    public async Task Try_AFileAndAKey_JoinsTheItems()
    {
        await _page.Locator("#filter").SelectOptionAsync("All");
        await _page.Locator("#try-file").SetInputFilesAsync(_toys.Outside("tried.png", ToyFolder.Image(1, 62)));
        await Assertions.Expect(_page.Locator("[data-trial-keys]")).ToBeFocusedAsync();
        await Assertions.Expect(_page.Locator("[data-drop] .score")).ToContainTextAsync("green");
        await _page.Keyboard.PressAsync("2");
        await Assertions.Expect(_page.Locator(".counts")).ToContainTextAsync("21 items · 11 labelled");
    }

    [Test, DependsOnTest(nameof(Try_AFileAndAKey_JoinsTheItems))]
    public async Task Camera_Picture_IsTried()
    {
        await _page.Locator("[data-camera]").ClickAsync();
        await Assertions.Expect(_page.Locator("video")).ToBeVisibleAsync();
        await Assertions.Expect(_page.Locator("[data-camera]")).ToContainTextAsync("Take");
        await _page.WaitForFunctionAsync("() => document.querySelector('video').videoWidth > 0");
        await _page.Locator("[data-camera]").ClickAsync();
        await Assertions.Expect(_page.Locator("[data-trial-keys]")).ToBeVisibleAsync();
    }

    [Test, DependsOnTest(nameof(Camera_Picture_IsTried))]
    public async Task OtherTab_SeesTheSame()
    {
        var other = await OpenAsync();
        await Assertions.Expect(other.Locator(".counts")).ToContainTextAsync("11 labelled");
        await other.Locator(".tile[title='blue-02.png']").ClickAsync();
        await other.Locator("#label-name input").FillAsync("blue");
        await other.Keyboard.PressAsync("Enter");
        await Assertions.Expect(_page.Locator(".counts")).ToContainTextAsync("12 labelled · 3 labels");
        await other.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(_page.Locator(".counts")).ToContainTextAsync("11 labelled · 2 labels");
        await other.CloseAsync();
    }

    [Test, DependsOnTest(nameof(OtherTab_SeesTheSame))]
    public async Task Export_GivesModelAndReport()
    {
        await _page.Locator("#export").FocusAsync();
        await _page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(_page.GetByText("Report", new PageGetByTextOptions { Exact = true })).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 60_000 });
        var report = await _page.RunAndWaitForPopupAsync(() => _page.GetByText("Report", new PageGetByTextOptions { Exact = true }).ClickAsync());
        await Assertions.Expect(report.Locator("h1")).ToBeVisibleAsync();
        await report.CloseAsync();
        Assert.That(new FileInfo(Path.Combine(_toys.Folder, "export", "model.ftm")).Length, Is.Positive);
    }

    [Test, DependsOnTest(nameof(Export_GivesModelAndReport))]
    public async Task Page_LightAndDark_HasNoAxeViolation()
    {
        foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await _page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            if (Environment.GetEnvironmentVariable("FT_SCREENSHOTS") is { Length: > 0 } folder)
                await _page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{scheme}.png") });

            // Colours alone differ between the two.
            var found = await _page.RunAxe(scheme == ColorScheme.Dark ? new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } } : null);
            Assert.That(found.Violations.Select(Describe), Is.Empty, $"{scheme}");
        }
    }

    [Test, DependsOnTest(nameof(Page_LightAndDark_HasNoAxeViolation))]
    public async Task Reload_AfterAll_NothingIsLost()
    {
        await _page.ReloadAsync();
        await Assertions.Expect(_page.Locator(".counts")).ToContainTextAsync("21 items · 11 labelled · 2 labels");
    }

    private static string Describe(AxeResultItem violation) => $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}";

    private async Task<IPage> OpenAsync()
    {
        var page = await _context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _errors.Add($"{message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => _errors.Add(error);
        await page.GotoAsync(_studio.Address.ToString());
        await Assertions.Expect(page.Locator(".tile").First).ToBeVisibleAsync();
        return page;
    }
}
