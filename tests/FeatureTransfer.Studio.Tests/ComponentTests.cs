using Bunit;
using FeatureTransfer.Studio.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FluentUI.AspNetCore.Components;

namespace FeatureTransfer.Studio.Tests;

/// <summary>What parts of the page show and do.</summary>
public class ComponentTests
{
    private ToyFolder _toys = null!;
    private StudioSession _session = null!;
    private StudioTab _tab = null!;
    private BunitContext _page = null!;

    [SetUp]
    public void Open()
    {
        _toys = new ToyFolder(2);
        _session = _toys.Open();
        _tab = new StudioTab(_session);
        _page = new BunitContext();
        _page.JSInterop.Mode = JSRuntimeMode.Loose;
        _page.Services.AddFluentUIComponents();
        _page.Services.AddScoped(_ => _tab);
    }

    [TearDown]
    public async Task Close()
    {
        await _page.DisposeAsync();
        await _session.DisposeAsync();
        _toys.Dispose();
    }

    [Test]
    public void RowTile_LabelledRow_SaysSoAndIsClicked()
    {
        _session.Label([1], "cat");
        _tab.Refresh();
        var clicks = 0;
        var tile = _page.Render<RowTile>(parameters => parameters.Add(tile => tile.Version, _tab.Version).Add(tile => tile.Row, 1).Add(tile => tile.Clicked, (MouseEventArgs _) => clicks++)).Find("[role=option]");
        Assert.That((tile.GetAttribute("aria-label"), tile.GetAttribute("aria-selected")), Is.EqualTo(("blue-05.png, labelled cat", "false")));
        Assert.That(tile.QuerySelector("img")!.GetAttribute("src"), Does.StartWith("thumbs/1/"));
        tile.Click();
        Assert.That(clicks, Is.EqualTo(1));
    }

    [Test]
    public void LabelBox_Button_LabelsWhatIsSelected()
    {
        _session.Label([0], "cat");
        _tab.Refresh();
        _tab.Select([2, 3], adds: false);
        var box = _page.Render<LabelBox>(parameters => parameters.Add(box => box.Version, _tab.Version));
        box.FindAll("button.key").First(button => button.TextContent.Contains("cat", StringComparison.Ordinal)).Click();
        Assert.That(_session.State.Labels, Is.EqualTo((string?[])["cat", null, "cat", "cat", null, null]));
    }

    [TestCase(0, "give them a label")]
    [TestCase(2, "enough to learn from")]
    public void NextStep_Labels_SaysWhatToDo(int each, string expected)
    {
        _session.Label(ToyFolder.Rows(_session, "red").Take(each), "red");
        _session.Label(ToyFolder.Rows(_session, "blue").Take(each), "blue");
        _tab.Refresh();
        var step = _page.Render<NextStep>(parameters => parameters.Add(step => step.Version, _tab.Version));
        Assert.That(step.Markup, Does.Contain(expected));
        Assert.That(step.Find("#train").HasAttribute("disabled"), Is.EqualTo(each == 0));
    }

    [Test]
    public void ResultBox_Filter_IsAskedFor()
    {
        RowFilter? asked = null;
        _session.Suggest();
        var box = _page.Render<ResultBox>(parameters => parameters.Add(box => box.Version, _tab.Version).Add(box => box.Show, (RowFilter filter) => asked = filter));
        Assert.That(box.FindAll(".found button"), Has.Count.EqualTo(4).And.All.Matches<AngleSharp.Dom.IElement>(button => button!.HasAttribute("disabled")), "no features, so nothing is found");
        Assert.That(asked, Is.Null);
    }

    /// <summary>Of many rows few are drawn.</summary>
    [Test]
    public void RowGrid_ManyRows_DrawsAWindowAndSaysHowMany()
    {
        foreach (var number in Enumerable.Range(0, 1494))
            File.WriteAllBytes(Path.Combine(_toys.Folder, $"many-{number}.png"), []);
        using var many = new BunitContext();
        many.JSInterop.Mode = JSRuntimeMode.Loose;
        _session.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _session = _toys.Open();
        _tab = new StudioTab(_session);
        many.Services.AddScoped(_ => _tab);
        var grid = many.Render<RowGrid>(parameters => parameters.Add(grid => grid.Version, 0));
        Assert.That(grid.FindAll("[role=option]"), Has.Count.LessThan(400));
        Assert.That(grid.Find("#grid").GetAttribute("aria-label"), Does.Contain("1,500 items"));
        Assert.That(grid.Find("#grid").HasAttribute("aria-activedescendant"), Is.False);
    }
}
