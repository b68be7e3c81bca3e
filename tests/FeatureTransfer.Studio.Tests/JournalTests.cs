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

    /// <summary>As a machine that loses its power leaves it: the last line is written by half, and the table has nothing of it.</summary>
    [Test]
    public async Task Open_LastLineCutOff_KeepsTheRestSaysSoAndGoesOn()
    {
        await using (var session = _toys.Open())
            session.Label([0], "cat");
        var (table, whole) = (await File.ReadAllTextAsync(_toys.Labels), new FileInfo(_toys.Journal).Length);
        await using (var session = _toys.Open())
            session.Label([1], "dog");
        await File.WriteAllTextAsync(_toys.Labels, table);
        await using (var journal = File.OpenWrite(_toys.Journal))
            journal.SetLength((whole + journal.Length) / 2);
        await using (var session = _toys.Open())
        {
            Assert.That(session.State.Labels.Take(2), Is.EqualTo((string?[])["cat", null]));
            Assert.That(session.State.Problem, Does.StartWith($"{_toys.Journal}: line 2 is unfinished").And.Contains("left out"));
            Assert.That(new FileInfo(_toys.Journal).Length, Is.EqualTo(whole));
            session.Label([1], "owl");
        }

        await using var again = _toys.Open();
        Assert.That((again.State.Labels[0], again.State.Labels[1], again.State.Problem), Is.EqualTo(("cat", "owl", (string?)null)));
        again.Undo();
        Assert.That(again.State.LabelledCount, Is.EqualTo(1));
    }

    /// <summary>As a kill leaves it, or another program that holds the table: actions are written down, and the table has none of them.</summary>
    [Test]
    public async Task Open_TableBehindTheJournal_IsCaughtUp()
    {
        await using (var session = _toys.Open())
            session.Label([0], "cat");
        var (table, written) = (await File.ReadAllTextAsync(_toys.Labels), File.GetLastWriteTimeUtc(_toys.Labels));
        await using (var session = _toys.Open())
        {
            session.Label([0, 1], "dog");
            session.Label([2], "owl");
        }

        await File.WriteAllTextAsync(_toys.Labels, table);
        File.SetLastWriteTimeUtc(_toys.Labels, written);
        await using var again = _toys.Open();
        Assert.That(again.State.Labels.Take(3), Is.EqualTo((string[])["dog", "dog", "owl"]));
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

    [TestCase("nonsense", "line 2 is damaged")]
    [TestCase("null", "line 2 is damaged (it is null, expected an object)")]
    [TestCase("[]", "line 2 is damaged")]
    [TestCase("""{"do":1}""", "line 2 is damaged")]
    [TestCase("{}", "line 2 is damaged ('do' is '', expected")]
    [TestCase("""{"do":"lost"}""", "line 2 is damaged ('do' is 'lost', expected")]
    [TestCase("""{"do":"label"}""", "line 2 is damaged (it has no 'change')")]
    [TestCase("""{"do":"undo","change":{"label":"cat","rows":[]}}""", "line 2 is damaged ('do' is 'undo', expected no 'change' with it)")]
    [TestCase("""{"do":"label","change":{"label":"cat"}}""", "line 2 is damaged (its 'change' has no 'rows')")]
    [TestCase("""{"do":"label","change":{"label":"cat","rows":[null]}}""", "line 2 is damaged (a row of its 'change' has no 'path')")]
    [TestCase("""{"do":"label","change":{"label":"cat","rows":[{"after":"cat"}]}}""", "line 2 is damaged (a row of its 'change' has no 'path')")]
    [TestCase("""{"do":"label","change":{"label":"cat","rows":{}}}""", "line 2 is damaged")]
    [TestCase("""{"do":"undo","at":"yesterday"}""", "line 2 is damaged")]
    [TestCase("""{"do":"\ud800"}""", "line 2 is damaged")]
    public async Task Open_LineWithinDamaged_KeepsTheRestAndSaysWhich(string line, string problem)
    {
        await using (var session = _toys.Open())
            session.Label([0], "cat");
        await File.AppendAllTextAsync(_toys.Journal, line + "\n");
        await using (var session = _toys.Open())
        {
            Assert.That(session.State.Problem, Does.StartWith($"{_toys.Journal}: {problem}").And.Contains("labels.csv"));
            Assert.That((session.State.Labels[0], session.State.CanUndo), Is.EqualTo(("cat", false)), "what the line did is unknown, so that nothing before it can be undone");
            session.Label([1], "dog");
        }

        await using var again = _toys.Open();
        Assert.That(again.State.Labels.Take(2), Is.EqualTo((string[])["cat", "dog"]));
        again.Undo();
        Assert.That((again.State.Labels[0], again.State.Labels[1], again.State.CanUndo), Is.EqualTo(("cat", (string?)null, false)));
    }

    /// <summary>The undo was of the line that is lost, and not of the one before it.</summary>
    [Test]
    public async Task Open_UndoneLineDamaged_UndoesNoOther()
    {
        await using (var session = _toys.Open())
        {
            session.Label([0], "cat");
            session.Label([1], "dog");
            session.Undo();
        }

        var lines = await File.ReadAllLinesAsync(_toys.Journal);
        lines[1] = lines[1][..^5];
        await File.WriteAllLinesAsync(_toys.Journal, lines);
        File.Delete(_toys.Labels);
        await using var again = _toys.Open();
        Assert.That((again.State.Labels[0], again.State.Labels[1]), Is.EqualTo(("cat", (string?)null)));
    }

    [Test]
    public async Task Open_BytesThatAreNoUtf8_AreLeftOut()
    {
        await using (var session = _toys.Open())
            session.Label([0], "cat");
        await File.AppendAllTextAsync(_toys.Journal, "{\"do\":\"label\",\"change\":{\"label\":\"\u00ff\",\"rows\":[]}}\n", System.Text.Encoding.Latin1);
        await using var again = _toys.Open();
        Assert.That(again.State.Problem, Does.Contain("line 2 is damaged (it is not UTF-8)"));
    }

    [Test]
    public async Task Open_LineTwice_CountsOnceAndSaysSo()
    {
        await using (var session = _toys.Open())
        {
            session.Label([0], "cat");
            session.Label([1], "dog");
        }

        var lines = await File.ReadAllLinesAsync(_toys.Journal);
        await File.WriteAllLinesAsync(_toys.Journal, [.. lines, "", lines[^1], lines[^1]]);
        await using var again = _toys.Open();
        Assert.That(again.State.Problem, Does.Contain("line 4 is the one before once more; line 5 is the one before once more"));
        again.Undo();
        Assert.That((again.State.Labels[0], again.State.Labels[1]), Is.EqualTo(("cat", (string?)null)));
    }

    [Test]
    public async Task Open_ManyLinesDamaged_NamesThreeAndCountsTheRest()
    {
        await using (var session = _toys.Open())
            session.Label([0], "cat");
        await File.AppendAllTextAsync(_toys.Journal, "null\nnull\nnull\nnull\nnull\ncut");
        await using var again = _toys.Open();
        Assert.That(again.State.Problem, Does.Contain("line 4 is").And.Contains("; and 3 more.").And.Not.Contains("line 5"));
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
