using FeatureTransfer.Cli.Tests.Samples;
using FeatureTransfer.Devices;
using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;
using FeatureTransfer.Orleans;
using FeatureTransfer.Orleans.Jobs;
using FeatureTransfer.Orleans.Working;

namespace FeatureTransfer.Cli.Tests.Cluster;

/// <summary>A shard on one machine: what lands in the store, and what a machine refuses.</summary>
public class ShardExtractionTests
{
    private const int PerClass = 4;
    private ColourFolder _colours = null!;
    private JobSpec _job = null!;
    private List<Shard> _shards = null!;

    [SetUp]
    public void MakeJob()
    {
        _colours = new ColourFolder(PerClass, classes: 2);
        using var extractor = new FeatureExtractor(new ExtractFeaturesOptions { Backbone = _colours.Backbone });
        var store = Path.Combine(_colours.Root, "store");
        _job = new JobSpec
        {
            Id = Guid.NewGuid(),
            Version = ExtractionSilo.Version,
            Fingerprint = extractor.Fingerprint,
            Backbone = _colours.Backbone,
            Store = store,
            List = Path.Combine(store, "jobs", "list.jsonl"),
            Folder = _colours.Root,
        };
        Directory.CreateDirectory(Path.GetDirectoryName(_job.List)!);
        string[] files = [.. Directory.GetFiles(_colours.Images, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => Path.GetRelativePath(_colours.Root, file))];
        _shards = InputList.Write(_job.List, files.Select(InputValue.FromFile), 5, CancellationToken.None);
    }

    [TearDown]
    public void Remove() => _colours.Dispose();

    [Test]
    public void Run_EachShard_PutsItsRowsInTheStore()
    {
        using var extraction = Extraction();
        var reports = new List<int>();
        Assert.That(extraction.Run(new ShardLease(_job, _shards[0]), reports.Add, CancellationToken.None), Is.Null);
        Assert.That((reports, Count()), Is.EqualTo((new List<int> { 1, 2, 3, 4, 5 }, 5)));
        extraction.Run(new ShardLease(_job, _shards[1]), _ => { }, CancellationToken.None);
        Assert.That(Count(), Is.EqualTo(2 * PerClass));
    }

    [Test]
    public void Run_FileThatIsNotThere_IsNamedAndTheOthersAreDone()
    {
        var gone = Directory.GetFiles(_colours.Images, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        File.Delete(gone);
        using var extraction = Extraction();
        Assert.That(extraction.Run(new ShardLease(_job, _shards[0]), _ => { }, CancellationToken.None), Is.EqualTo(gone));
        Assert.That(Count(), Is.EqualTo(4));
        Assert.That(extraction.Run(new ShardLease(_job, _shards[1]), _ => { }, CancellationToken.None), Is.Null, "it is of the first shard");
    }

    [Test]
    public void Run_RowThatIsNoImage_IsLeftOutAndNotMissed()
    {
        File.WriteAllText(_colours.ImagePath("red", 0), "no image");
        using var extraction = Extraction();
        Assert.That(_shards.Select(shard => extraction.Run(new ShardLease(_job, shard), _ => { }, CancellationToken.None)), Is.All.Null);
        Assert.That(Count(), Is.EqualTo((2 * PerClass) - 1));
    }

    [Test]
    public void Run_MachineThatDiffers_Refuses()
    {
        using (Assert.EnterMultipleScope())
        {
            Refuses(_job with { Version = "0.0.1.0" }, "Install the same version");
            Refuses(_job with { Fingerprint = "another" }, "differs from the client's");
            Refuses(_job with { List = Path.Combine(_job.Store, "jobs", "none.jsonl") }, "All machines need the client's store");
            Refuses(_job with { Backbone = Path.Combine(_colours.Root, "none.onnx") }, "none.onnx");
        }
    }

    private void Refuses(JobSpec job, string why)
    {
        using var extraction = Extraction();
        Assert.That(() => extraction.Run(new ShardLease(job, _shards[0]), _ => { }, CancellationToken.None), Throws.InstanceOf<FeatureTransferException>().With.Message.Contains(why));
    }

    private static ShardExtraction Extraction() => new(FeatureTransferServices.Default, Device.Cpu);

    private int Count()
    {
        using var cache = new FeatureCache(_job.Store);
        return cache.Count;
    }
}
