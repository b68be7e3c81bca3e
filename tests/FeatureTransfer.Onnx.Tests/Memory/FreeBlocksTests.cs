using FeatureTransfer.Onnx.Memory;

namespace FeatureTransfer.Onnx.Tests.Memory;

public class FreeBlocksTests
{
    [Test]
    public void TryTake_SeveralFit_TheSmallestThenTheFirst()
    {
        var blocks = WithHoles();

        Assert.That((Take(blocks, 20), Take(blocks, 8), Take(blocks, 15)), Is.EqualTo(((nuint)45, (nuint)10, (nuint)25)));
    }

    [Test]
    public void TryTake_NoneFits_IsRefusedAndNothingIsTaken()
    {
        var blocks = new FreeBlocks(100);
        Assert.Multiple(() =>
        {
            Assert.That(blocks.TryTake(101, out _), Is.False);
            Assert.That(Take(blocks, 100), Is.EqualTo((nuint)0));
            Assert.That(blocks.TryTake(1, out _), Is.False);
            Assert.That(blocks.All, Is.Empty);
        });
    }

    // Blocks of 10 in a row; given back in an order, all of it is one again.
    [TestCase(0, 1, 2)]
    [TestCase(2, 1, 0)]
    [TestCase(0, 2, 1)]
    [TestCase(1, 0, 2)]
    [TestCase(1, 2, 0)]
    public void Give_AnyOrder_NeighboursBecomeOne(params int[] order)
    {
        var blocks = new FreeBlocks(30);
        for (var i = 0; i < 3; i++)
            Take(blocks, 10);

        foreach (var block in order)
            blocks.Give((nuint)(10 * block), 10);

        Assert.That(blocks.All, Is.EqualTo(new[] { ((nuint)0, (nuint)30) }));
    }

    [Test]
    public void TakeAndGive_Random_AgreesWithAListOfBytes()
    {
        var random = new Random(3);
        var bytes = new bool[5000];
        var blocks = new FreeBlocks((nuint)bytes.Length);
        var taken = new List<(int Start, int Length)>();
        for (var i = 0; i < 3000; i++)
        {
            var length = random.Next(1, 200);
            if (random.Next(2) == 0 && blocks.TryTake((nuint)length, out var start))
            {
                var part = bytes.AsSpan((int)start, length);
                Assert.That(part.Contains(true), Is.False, "taken twice");
                part.Fill(true);
                taken.Add(((int)start, length));
            }
            else if (taken.Count > 0)
            {
                var given = taken[random.Next(taken.Count)];
                taken.Remove(given);
                bytes.AsSpan(given.Start, given.Length).Clear();
                blocks.Give((nuint)given.Start, (nuint)given.Length);
            }

            Assert.That(blocks.All, Is.EqualTo(FreeIn(bytes)));
        }
    }

    // Free are 10 to 20, 25 to 40, 45 to 65, 70 to 80, and what is behind 100.
    private static FreeBlocks WithHoles()
    {
        var blocks = new FreeBlocks(1000);
        Take(blocks, 100);
        blocks.Give(10, 10);
        blocks.Give(25, 15);
        blocks.Give(45, 20);
        blocks.Give(70, 10);
        return blocks;
    }

    private static nuint Take(FreeBlocks blocks, nuint length) => blocks.TryTake(length, out var start) ? start : throw new AssertionException("There is room.");

    private static List<(nuint Start, nuint Length)> FreeIn(bool[] bytes)
    {
        var free = new List<(nuint, nuint)>();
        for (var i = 0; i < bytes.Length;)
        {
            var end = i;
            while (end < bytes.Length && bytes[end] == bytes[i])
                end++;
            if (!bytes[i])
                free.Add(((nuint)i, (nuint)(end - i)));
            i = end;
        }

        return free;
    }
}
