using FeatureTransfer.Extraction;

namespace FeatureTransfer.Tests.Extraction;

public class FeatureExtractorTests
{
    private ColourImages _images = null!;

    [SetUp]
    public void Make() => _images = new ColourImages(20);

    [TearDown]
    public void Remove() => _images.Dispose();

    [Test]
    public void Extract_ManyChunks_KeepsTheOrderAndTheValues()
    {
        using var extractor = new FeatureExtractor(_images.Options);
        var rows = extractor.Extract(_images.Paths).ToList();
        Assert.That(extractor.FeatureLength, Is.EqualTo(3));
        Assert.That(rows.Select(row => row.Input), Is.EqualTo(_images.Paths));
        for (var i = 0; i < rows.Count; i++)
            Assert.That(rows[i].Features, Is.EqualTo(ColourImages.Expected(i)).Within(1e-5), rows[i].Input);
    }

    [Test]
    public void Extract_BadInputs_AreToldOfAndLeftOut()
    {
        var rejected = new RejectedRowCollector();
        using var extractor = new FeatureExtractor(_images.Options, FeatureTransferServices.Default with { Rejected = rejected });
        var empty = _images.Write("empty.png", []);
        string[] inputs = [_images.Paths[3], empty, _images.Paths[1], "missing.png"];
        Assert.That(extractor.Extract(inputs).Select(row => row.Input), Is.EqualTo(new[] { _images.Paths[3], _images.Paths[1] }));
        Assert.That(rejected.Rows.Select(row => (row.Input, row.Step)), Is.EqualTo(new[] { (empty, "ExtractFeatures"), ("missing.png", "ExtractFeatures") }));
    }

    [Test]
    public void Extract_Progress_EndsAtTheTotal()
    {
        var told = new List<WorkProgress>();
        using var extractor = new FeatureExtractor(_images.Options, FeatureTransferServices.Default with { Progress = new Listener(told) });
        Assert.That(extractor.Extract(_images.Paths).Count(), Is.EqualTo(20));
        Assert.That(told.Select(step => step.Done), Is.EqualTo(new[] { 8L, 16L, 20L }));
        Assert.That(told, Has.All.Matches<WorkProgress>(step => step!.Total == 20 && step.Stage.Contains("colours", StringComparison.Ordinal)));
    }

    [Test]
    public void Extract_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        using var extractor = new FeatureExtractor(_images.Options);
        using var rows = extractor.Extract(_images.Paths, source.Token).GetEnumerator();
        Assert.That(rows.MoveNext(), Is.True);
        source.Cancel();
        Assert.That(
            () =>
            {
                while (rows.MoveNext())
                {
                }
            },
            Throws.InstanceOf<OperationCanceledException>());
    }

    private sealed class Listener(List<WorkProgress> told) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => told.Add(value);
    }
}
