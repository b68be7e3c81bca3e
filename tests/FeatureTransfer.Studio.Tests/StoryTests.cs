using FeatureTransfer.Pipelines;
using FeatureTransfer.Studio.Learning;

namespace FeatureTransfer.Studio.Tests;

/// <summary>From a folder to a model, without a browser.</summary>
public class StoryTests
{
    private readonly ToyFolder _toys = new();
    private StudioSession _session = null!;

    [OneTimeSetUp]
    public async Task Learn()
    {
        _session = _toys.Open();
        await _session.ReadFeaturesAsync();
        foreach (var colour in new[] { "red", "green", "blue" })
            _session.Label(ToyFolder.Rows(_session, colour).Take(6), colour);
        _session.Label([ToyFolder.Row(_session, "red-00.png")], "blue");
        await _session.TrainAsync();
    }

    [OneTimeTearDown]
    public async Task Remove()
    {
        await _session.DisposeAsync();
        _toys.Dispose();
    }

    [Test]
    public void Train_WrongLabel_IsDoubtful()
    {
        Assert.That(_session.State.Problem, Is.Null);
        Assert.That(_session.State.Facts.Points, Has.Count.EqualTo(24));
        Assert.That(_session.State.Doubtful, Is.EqualTo((int[])[ToyFolder.Row(_session, "red-00.png")]));
        Assert.That(_session.State.Result!.Answer(ToyFolder.Row(_session, "blue-23.png")), Is.EqualTo("blue"), "which has no label");
        Assert.That(_session.State.Next.Select(row => _session.State.Labels[row]), Is.All.Null.And.Exactly(6).Items);
    }

    [Test, DependsOnTest(nameof(Train_WrongLabel_IsDoubtful))]
    public void Label_Mended_IsDoubtedNoMore()
    {
        var red = ToyFolder.Row(_session, "red-00.png");
        _session.Label([red], "blue");
        Assert.That((_session.State.Doubtful.Any(), _session.State.IsStale), Is.EqualTo((false, false)), "given once more, it is right");
        _session.Label([red], "red");
        Assert.That((_session.State.Doubtful.Any(), _session.State.IsStale), Is.EqualTo((false, true)));
    }

    [Test, DependsOnTest(nameof(Label_Mended_IsDoubtedNoMore))]
    public async Task Try_NewFile_IsAnsweredAndJoinsTheRows()
    {
        var id = await _session.TryAsync("new.png", ToyFolder.Image(1, 200), default);
        Assert.That(_session.TrialOf(id)!.Answers[0].Label, Is.EqualTo("green"));
        var row = _session.Keep(id, "moss");
        Assert.That((_session.State.Rows[row!.Value].Path, _session.State.Labels[row.Value], File.Exists(Path.Combine(_toys.Folder, "new.png"))), Is.EqualTo(("new.png", "moss", true)));
        Assert.That(_session.Keep(id, "moss"), Is.Null, "it joins once");
        _session.Label([row.Value], "green");
        Assert.That(_session.Keep(await _session.TryAsync("no-ending", ToyFolder.Image(1, 201), default), "moss"), Is.Null);
        Assert.That(_session.State.Problem, Does.Contain("no-ending"));
        _session.Dismiss();
        Assert.That(async () => await _session.TryAsync("bad.png", "no image"u8.ToArray(), default), Throws.TypeOf<BadInputException>());
    }

    [Test, DependsOnTest(nameof(Try_NewFile_IsAnsweredAndJoinsTheRows))]
    public async Task Add_BrokenImage_IsAnUnreadableRow()
    {
        var row = _session.Add("broken.png", ToyFolder.Image(0, 5).AsMemory(0, 60));
        await _session.ReadFeaturesAsync();
        Assert.That(_session.State.Unreadable.Keys, Is.EqualTo((int[])[row]));
        Assert.That(RowLists.Of(_session.State, RowFilter.Unreadable), Is.EqualTo((int[])[row]));
    }

    [Test, DependsOnTest(nameof(Add_BrokenImage_IsAnUnreadableRow))]
    public async Task Compare_AnotherBackbone_JudgesBothOnTheSameRows()
    {
        var other = Path.Combine(Path.GetDirectoryName(_toys.Backbone)!, "means.onnx");
        SmallModels.ChannelMeans().Save(other);
        await _session.CompareAsync(other);
        Assert.That(_session.State.Problem, Is.Null);
        Assert.That(_session.State.Compared.Select(compared => (compared.Backbone, compared.Rows)), Is.EqualTo(new[] { (_toys.Backbone, 19), (other, 19) }));
        Assert.That(_session.State.Compared.Select(compared => compared.Accuracy), Is.All.GreaterThan(0.9));
    }

    [Test, DependsOnTest(nameof(Compare_AnotherBackbone_JudgesBothOnTheSameRows))]
    public async Task Export_Pipeline_GivesModelAndReportAndRunsAgainAlike()
    {
        await _session.ExportAsync();
        Assert.That(_session.State.Problem, Is.Null);
        using (var bundle = Bundle.Load(Path.Combine(_toys.Folder, "export", "model.ftm")))
            Assert.That(bundle.Predict(_toys.Outside("green.png", ToyFolder.Image(1, 300))).Label, Is.EqualTo("green"));
        Assert.That(File.Exists(Path.Combine(_toys.Folder, "export", "report.html")), Is.True);

        // What ft run does with the file.
        var predictions = await File.ReadAllTextAsync(Path.Combine(_toys.Folder, "export", "predictions.csv"));
        await new PipelineRunner().RunAsync(PipelineReader.Read(Path.Combine(_toys.Folder, "pipeline.json")));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_toys.Folder, "export", "predictions.csv")), Is.EqualTo(predictions));
    }

    [Test, DependsOnTest(nameof(Export_Pipeline_GivesModelAndReportAndRunsAgainAlike))]
    public async Task Train_TooFewLabels_SaysWhatLacks()
    {
        using var toys = new ToyFolder(1);
        await using var session = toys.Open();
        session.Label([0], "cat");
        await session.TrainAsync();
        Assert.That((session.State.Problem, session.State.Result), Is.EqualTo((HeadTraining.Missing(["cat"]), (HeadResult?)null)));
    }
}
