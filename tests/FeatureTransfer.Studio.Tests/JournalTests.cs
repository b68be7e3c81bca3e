namespace FeatureTransfer.Studio.Tests;

/// <summary>Nothing that was done to labels is lost, however the process ends, and all of it can be undone.</summary>
public class JournalTests
{
    private ToyFolder _toys = null!;

    [SetUp]
    public void Make() => _toys = new ToyFolder(2);

    [TearDown]
    public void Remove() => _toys.Dispose();

    [Test]
    public async Task Label_ThenReopened_LabelsAndUndoAreThere()
    {
        await using (var session = _toys.Open())
        {
            session.Label([0, 1], "cat");
            session.Label([1], "dog");
        }

        Assert.That(await File.ReadAllLinesAsync(_toys.Labels), Is.EqualTo((string[])["path,label", "blue-02.png,cat", "blue-05.png,dog"]));
        await using var again = _toys.Open();
        Assert.That(again.State.Labels, Is.EqualTo((string?[])["cat", "dog", null, null, null, null]));
        again.Undo();
        Assert.That(again.State.Labels[1], Is.EqualTo("cat"));
        again.Undo();
        Assert.That((again.State.LabelledCount, again.State.CanUndo), Is.EqualTo((0, false)));
        again.Redo();
        Assert.That((again.State.Labels[1], again.State.CanRedo), Is.EqualTo(("cat", true)));
    }

    [Test]
    public async Task Open_LastLineCutOff_KeepsTheRestAndGoesOn()
    {
        await using (var session = _toys.Open())
            session.Label([0], "cat");
        await File.AppendAllTextAsync(_toys.Journal, "{\"do\":\"label\",\"change\":{\"la");
        await using (var session = _toys.Open())
        {
            Assert.That(session.State.Labels[0], Is.EqualTo("cat"));
            session.Label([1], "dog");
        }

        await using var again = _toys.Open();
        Assert.That(again.State.Labels.Take(2), Is.EqualTo((string[])["cat", "dog"]));
        again.Undo();
        Assert.That(again.State.LabelledCount, Is.EqualTo(1));
    }

    /// <summary>As a kill leaves it: the action is written down, and the table is not yet.</summary>
    [Test]
    public async Task Open_TableBehindTheJournal_IsCaughtUp()
    {
        await using (var session = _toys.Open())
            session.Label([0], "cat");
        var table = await File.ReadAllTextAsync(_toys.Labels);
        await using (var session = _toys.Open())
            session.Label([0, 1], "dog");
        await File.WriteAllTextAsync(_toys.Labels, table);
        File.SetLastWriteTimeUtc(_toys.Labels, File.GetLastWriteTimeUtc(_toys.Journal).AddSeconds(-1));
        await using var again = _toys.Open();
        Assert.That(again.State.Labels.Take(2), Is.EqualTo((string[])["dog", "dog"]));
        Assert.That(await File.ReadAllTextAsync(_toys.Labels), Does.Contain("blue-05.png,dog"));
    }

    [Test]
    public async Task Open_TableMendedByHand_IsTaken()
    {
        await using (var session = _toys.Open())
            session.Label([0], "cat");
        await File.WriteAllTextAsync(_toys.Labels, "path,label\nblue-02.png,puma\nred-00.png,fox\n");
        File.SetLastWriteTimeUtc(_toys.Labels, File.GetLastWriteTimeUtc(_toys.Journal).AddSeconds(1));
        await using var again = _toys.Open();
        Assert.That((again.State.Labels[0], again.State.Labels[ToyFolder.Row(again, "red-00.png")]), Is.EqualTo(("puma", "fox")));
        Assert.That(again.State.Classes, Is.EquivalentTo((string[])["puma", "fox"]));
    }

    [Test]
    public async Task Open_FileIsAwayForAWhile_KeepsItsLabel()
    {
        await using (var session = _toys.Open())
            session.Label([0, 1], "cat");
        var (file, away) = (Path.Combine(_toys.Folder, "blue-02.png"), _toys.Outside("away.png", []));
        File.Move(file, away, overwrite: true);
        await using (var session = _toys.Open())
            session.Label([0], "dog");
        File.Move(away, file);
        await using var again = _toys.Open();
        Assert.That(again.State.Labels.Take(2), Is.EqualTo((string[])["cat", "dog"]));
    }

    [Test]
    public async Task Open_TableIsGone_TheJournalHasAll()
    {
        await using (var session = _toys.Open())
        {
            session.Label([0], "cat");
            session.Label([1], "dog");
            session.Undo();
        }

        File.Delete(_toys.Labels);
        await using var again = _toys.Open();
        Assert.That(again.State.Labels.Take(2), Is.EqualTo((string?[])["cat", null]));
    }

    [Test]
    public async Task Open_LineWithinDamaged_SaysWhichAndWhatToDo()
    {
        await using (var session = _toys.Open())
            session.Label([0], "cat");
        await File.AppendAllTextAsync(_toys.Journal, "nonsense\n");
        Assert.That(() => _toys.Open(), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("line 2").And.Message.Contains("labels.csv"));
    }

    [Test]
    public async Task Open_HeldByAnother_SaysSo()
    {
        await using var session = _toys.Open();
        Assert.That(() => _toys.Open(), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("another studio"));
    }

    [Test]
    public async Task Changed_TwoPages_SeeTheSame()
    {
        await using var session = _toys.Open();
        var (one, other) = (new StudioTab(session), new StudioTab(session));
        session.Changed += other.Refresh;
        one.Click(3, adds: false, extends: false);
        one.Label("cat");
        Assert.That((other.State.Labels[3], other.Selected.Count, other.Current), Is.EqualTo(("cat", 0, (int?)null)));
    }

    [Test]
    public async Task Label_ByFolder_TakesTheFoldersNames()
    {
        Directory.CreateDirectory(Path.Combine(_toys.Folder, "owls"));
        File.Move(Path.Combine(_toys.Folder, "red-00.png"), Path.Combine(_toys.Folder, "owls", "red-00.png"));
        await using var session = _toys.Open();
        session.LabelByFolder();
        Assert.That((session.State.LabelledCount, session.State.Labels[ToyFolder.Row(session, "red-00.png")]), Is.EqualTo((1, "owls")));
    }
}
