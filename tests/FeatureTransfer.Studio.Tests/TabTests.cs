namespace FeatureTransfer.Studio.Tests;

/// <summary>What keys and clicks do to a page's selection.</summary>
public class TabTests
{
    private ToyFolder _toys = null!;
    private StudioSession _session = null!;
    private StudioTab _tab = null!;

    [SetUp]
    public void Open()
    {
        _toys = new ToyFolder(4);
        _session = _toys.Open();
        _tab = new StudioTab(_session);
    }

    [TearDown]
    public async Task Close()
    {
        await _session.DisposeAsync();
        _toys.Dispose();
    }

    [Test]
    public void Press_ArrowsAndDigits_LabelOneAfterTheOther()
    {
        _session.Label([11], "cat");
        _tab.Refresh();
        Press("ArrowRight", "1", "1", "ArrowDown", "0");
        Assert.That(Labelled("cat"), Is.EqualTo((int[])[0, 1, 11]));
        Assert.That(_tab.Current, Is.EqualTo(6), "from 2 a line down, and on to the next");
    }

    [Test]
    public void Press_ShiftAndSpaceAndAll_Select()
    {
        Press("ArrowRight");
        _tab.Press("ArrowRight", control: false, shift: true);
        _tab.Press("ArrowDown", control: false, shift: true);
        Assert.That(_tab.Selected.Order(), Is.EqualTo((int[])[0, 1, 2, 3, 4]));
        Press("Escape", " ");
        Assert.That(_tab.Selected, Is.EqualTo((int[])[4]));
        _tab.Press("a", control: true, shift: false);
        Assert.That(_tab.Selected, Has.Count.EqualTo(12));
    }

    [Test]
    public void Label_InUnlabelled_TheNextTakesItsPlace()
    {
        _session.Label([11], "cat");
        _tab.Show(RowFilter.Unlabelled);
        Press("1", "1");
        Assert.That((Labelled("cat"), _tab.Current), Is.EqualTo(((int[])[0, 1, 11], (int?)2)).Using<(int[], int?)>((one, other) => one.Item1.SequenceEqual(other.Item1) && one.Item2 == other.Item2));
    }

    [Test]
    public void Click_WithKeys_AddsAndExtends()
    {
        _tab.Click(2, adds: false, extends: false);
        _tab.Click(5, adds: false, extends: true);
        Assert.That(_tab.Selected.Order(), Is.EqualTo((int[])[2, 3, 4, 5]));
        _tab.Click(3, adds: true, extends: false);
        _tab.Click(9, adds: true, extends: false);
        Assert.That(_tab.Targets, Is.EqualTo((int[])[2, 4, 5, 9]));
    }

    [Test]
    public void Press_UndoAndRedo_GoBackAndForth()
    {
        _tab.Click(2, adds: false, extends: false);
        _tab.Label("cat");
        _tab.Press("z", control: true, shift: false);
        Assert.That(_session.State.LabelledCount, Is.Zero);
        _tab.Press("Z", control: true, shift: true);
        Assert.That(_session.State.Labels[2], Is.EqualTo("cat"));
        Assert.That(_tab.Press("q", control: false, shift: false), Is.False);
    }

    private void Press(params string[] keys)
    {
        foreach (var key in keys)
            _tab.Press(key, control: false, shift: false);
    }

    private int[] Labelled(string label) => [.. Enumerable.Range(0, _session.State.Labels.Count).Where(row => _session.State.Labels[row] == label)];
}
