using System.Runtime.CompilerServices;
using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.Tests.Extraction;

/// <summary>Extraction of whatever callers have: their own items, streams, bytes, asynchronous sources.</summary>
public class FeatureExtractorSourcesTests
{
    // Far below the number of items, far above what a batch needs.
    private const int MostAhead = 200;
    private const int Many = 3000;

    private ColourImages _images = null!;

    [SetUp]
    public void Make() => _images = new ColourImages(20);

    [TearDown]
    public void Remove() => _images.Dispose();

    [Test]
    public async Task ExtractAsync_OwnItems_ComeOutInOrderWithTheirFeatures()
    {
        using var extractor = new FeatureExtractor(_images.Options);
        var rows = new List<ExtractedFeatures<int>>();
        await foreach (var row in extractor.ExtractAsync(CountAsync(100, null), Image))
            rows.Add(row);
        Assert.That(rows.Select(row => row.Item), Is.EqualTo(Enumerable.Range(0, 100)));
        Assert.That(rows, Has.All.Matches<ExtractedFeatures<int>>(row => Math.Abs(row!.Features[0] - ColourImages.Expected(row.Item % 20)[0]) < 1e-5));
    }

    [Test]
    public async Task ExtractAsync_Callback_TakesEachRowInTurn()
    {
        using var extractor = new FeatureExtractor(_images.Options);
        var (taken, inside) = (new List<int>(), 0);
        var count = await extractor.ExtractAsync(CountAsync(50, null), Image, async (row, token) =>
        {
            Assert.That(Interlocked.Increment(ref inside), Is.EqualTo(1), "one at a time");
            await Task.Yield();
            taken.Add(row.Item);
            Interlocked.Decrement(ref inside);
        });
        Assert.That(count, Is.EqualTo(50));
        Assert.That(taken, Is.EqualTo(Enumerable.Range(0, 50)));
    }

    [Test]
    public void Extract_LazySource_IsNeverReadFarAhead()
    {
        var (pulled, consumed, most) = (0, 0, 0);
        using var extractor = new FeatureExtractor(_images.Options);
        foreach (var row in extractor.Extract(Enumerable.Range(0, Many).Select(i => Interlocked.Increment(ref pulled) - 1), Image))
        {
            Assert.That(row.Item, Is.EqualTo(consumed));
            consumed++;
            most = Math.Max(most, Volatile.Read(ref pulled) - consumed);
        }

        Assert.That(consumed, Is.EqualTo(Many));
        Assert.That(most, Is.LessThan(MostAhead));
    }

    [Test]
    public async Task ExtractAsync_SlowReader_HoldsTheSourceBack()
    {
        var pulled = new StrongBox<int>();
        using var extractor = new FeatureExtractor(_images.Options);
        await using var rows = extractor.ExtractAsync(CountAsync(Many, pulled), Image).GetAsyncEnumerator();
        for (var row = 0; row < 5; row++)
            Assert.That(await rows.MoveNextAsync(), Is.True);

        // Whatever runs ahead has come to rest when the count stays the same.
        int before;
        do
        {
            before = Volatile.Read(ref pulled.Value);
            await Task.Delay(50);
        }
        while (before != Volatile.Read(ref pulled.Value));
        Assert.That(before, Is.LessThan(MostAhead));
    }

    [Test]
    public void Extract_StreamsBytesAndFiles_AreAllRead()
    {
        var rejected = new RejectedRowCollector();
        using var extractor = new FeatureExtractor(_images.Options, FeatureTransferServices.Default with { Rejected = rejected });
        var bytes = File.ReadAllBytes(_images.Paths[2]);
        var closed = new MemoryStream(bytes);
        closed.Dispose();
        InputValue[] inputs =
        [
            InputValue.FromFile(_images.Paths[1]), InputValue.FromBytes(bytes, "bytes"), InputValue.FromStream(new MemoryStream(bytes), "stream"),
            InputValue.FromStream(closed, "closed stream"), InputValue.FromBytes(new byte[3], "three bytes"), InputValue.FromFile("missing.png"),
        ];
        var rows = extractor.Extract(inputs).ToList();
        Assert.That(rows.Select(row => row.Input), Is.EqualTo(new[] { _images.Paths[1], "bytes", "stream" }));
        Assert.That(rows[2].Features, Is.EqualTo(rows[1].Features));
        Assert.That(rejected.Rows.Select(row => row.Input), Is.EquivalentTo(new[] { "closed stream", "three bytes", "missing.png" }));
        Assert.That(rejected.Rows.Single(row => row.Input == "closed stream").Reason, Does.Contain("stream cannot be read"));
    }

    [Test]
    public void ExtractAsync_Cancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        using var extractor = new FeatureExtractor(_images.Options);
        Assert.That(
            async () =>
            {
                await foreach (var row in extractor.ExtractAsync(CountAsync(Many, null), Image, stop.Token))
                    await stop.CancelAsync();
            },
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void ExtractAsync_SourceThatFails_ThrowsAfterTheRowsBeforeIt()
    {
        using var extractor = new FeatureExtractor(_images.Options);
        Assert.That(
            async () =>
            {
                await foreach (var row in extractor.ExtractAsync(FailAsync(), Image))
                    Assert.That(row.Item, Is.LessThan(3));
            },
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("the source is broken"));
    }

    private static async IAsyncEnumerable<int> CountAsync(int count, StrongBox<int>? pulled)
    {
        for (var i = 0; i < count; i++)
        {
            if (i % 10 == 0)
                await Task.Yield();
            if (pulled is not null)
                Interlocked.Increment(ref pulled.Value);
            yield return i;
        }
    }

    private static async IAsyncEnumerable<int> FailAsync()
    {
        for (var i = 0; i < 3; i++)
            yield return i;
        await Task.Yield();
        throw new InvalidDataException("the source is broken");
    }

    private InputValue Image(int item) => InputValue.FromFile(_images.Paths[item % _images.Paths.Count]);
}
