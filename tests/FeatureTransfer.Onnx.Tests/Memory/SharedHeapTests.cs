using System.Collections.Concurrent;
using FeatureTransfer.Onnx.Memory;

namespace FeatureTransfer.Onnx.Tests.Memory;

[Platform("Linux")]
public unsafe class SharedHeapTests
{
    private const nuint Megabyte = 1 << 20;

    private SharedHeap _heap = null!;

    [SetUp]
    public void Reserve() => _heap = SharedHeap.TryReserve(64 * Megabyte)!;

    [TearDown]
    public void GiveBack() => _heap.Dispose();

    [Test]
    public void Allocate_AnyLength_BeginsAtALineOfTheCaches([Values(1u, 63u, 64u, 65u, 100_000u)] uint length)
    {
        for (var i = 0; i < 3; i++)
            Assert.That((nuint)_heap.Allocate(length) % SharedHeap.Alignment, Is.EqualTo((nuint)0));
    }

    [Test]
    public void Allocate_MoreThanThereIs_IsNull()
    {
        Assert.Multiple(() =>
        {
            Assert.That(_heap.Allocate(65 * Megabyte) is null);
            Assert.That(_heap.Allocate(nuint.MaxValue) is null);
            Assert.That(_heap.Taken, Is.EqualTo((nuint)0));
        });
    }

    [Test]
    public void TryReserve_MoreThanAddresses_IsNull() => Assert.That(SharedHeap.TryReserve((nuint)1 << 60), Is.Null);

    [Test]
    public void Free_Null_IsNothing() => Assert.That(() => _heap.Free(null), Throws.Nothing);

    [Test]
    public void Free_Block_CanBeTakenAgain()
    {
        var blocks = Enumerable.Range(0, 3).Select(_ => (nint)_heap.Allocate(20 * Megabyte)).ToList();
        Assert.That(_heap.Allocate(20 * Megabyte) is null);

        _heap.Free((void*)blocks[1]);
        Assert.That((nint)_heap.Allocate(20 * Megabyte), Is.EqualTo(blocks[1]));
    }

    // Pages that the system took back hold zeros.
    [Test]
    public void Trim_FreeMemory_IsTheSystemsAgainAndWhatIsTakenStays()
    {
        var kept = Filled(1, 6 * Megabyte);
        var freed = Filled(2, 6 * Megabyte);
        _heap.Free(freed);
        _heap.Trim();

        var again = new Span<byte>(_heap.Allocate(6 * Megabyte), (int)(6 * Megabyte));
        Assert.That(new Span<byte>(kept, (int)(6 * Megabyte)).IndexOfAnyExcept((byte)1), Is.EqualTo(-1));
        Assert.That(again[(int)(2 * Megabyte)..(int)(4 * Megabyte)].IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
    }

    [Test]
    public void AllocateAndFree_ManyThreads_NoBlockIsSomeoneElses()
    {
        var wrong = new ConcurrentBag<int>();
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 4 }, thread =>
        {
            var random = new Random(thread);
            for (var i = 0; i < 500; i++)
            {
                var length = random.Next(1, 10_000);
                var block = new Span<byte>(_heap.Allocate((nuint)length), length);
                block.Fill((byte)thread);
                Thread.Yield();
                if (block.IndexOfAnyExcept((byte)thread) >= 0)
                    wrong.Add(thread);
                fixed (byte* start = block)
                    _heap.Free(start);
            }
        });
        Assert.That((wrong, _heap.Taken), Is.EqualTo((new ConcurrentBag<int>(), (nuint)0)));
    }

    private void* Filled(byte value, nuint length)
    {
        var block = _heap.Allocate(length);
        new Span<byte>(block, (int)length).Fill(value);
        return block;
    }
}
