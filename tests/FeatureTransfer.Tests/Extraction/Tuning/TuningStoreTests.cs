using FeatureTransfer.Extraction.Tuning;

namespace FeatureTransfer.Tests.Extraction.Tuning;

public class TuningStoreTests
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"ft-tuning-{Guid.NewGuid():N}");

    [TearDown]
    public void Remove()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void Find_WhatWasKept_ByModelAndQuestion()
    {
        var store = new TuningStore(_folder);
        Assert.That(store.Find("m", "q"), Is.Null);
        Assert.That(store.TryKeep("q", Record()), Is.True);
        Assert.That(new TuningStore(_folder).Find("m", "q")!.Best, Is.EqualTo(Record().Best));
        Assert.That(store.Find("other", "q"), Is.Null);
        Assert.That(store.Find("m", "other"), Is.Null);
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("""{"machine":"M","model":"m","best":{"batchSize":0,"intraOpThreads":1,"sessions":1,"rowsPerSecond":1},"timed":[]}""")]
    [TestCase("""{"machine":"another","model":"m","best":{"batchSize":1,"intraOpThreads":1,"sessions":1,"rowsPerSecond":1},"timed":[]}""")]
    public void Find_DamagedFile_IsAsIfThereWereNone(string content)
    {
        var store = new TuningStore(_folder);
        Assert.That(store.TryKeep("q", Record()), Is.True);
        File.WriteAllText(Directory.GetFiles(_folder).Single(), content.Replace("\"M\"", $"\"{Machine.Name}\"", StringComparison.Ordinal));
        Assert.That(store.Find("m", "q"), Is.Null);
    }

    [Test]
    public void TryKeep_FolderThatCannotBe_SaysSoAndThrowsNothing()
    {
        File.WriteAllText(_folder, "a file");
        Assert.That(new TuningStore(Path.Combine(_folder, "below")).TryKeep("q", Record()), Is.False);
        File.Delete(_folder);
    }

    [Test]
    public void Machine_Name_NamesCoresAndRuntime() =>
        Assert.That(Machine.Name, Does.Contain($"{Environment.ProcessorCount} cores").And.Contain("ONNX Runtime 1."));

    private static TuningRecord Record() => new() { Machine = Machine.Name, Model = "m", Best = new TunedSetting(4, 2, 1, 99), Timed = [new TunedSetting(1, 1, 2, 88)] };
}
