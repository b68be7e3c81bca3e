namespace FeatureTransfer.Onnx.Tests;

public class KnownArrayTests
{
    [Test]
    public void Memory_IsTheArray()
    {
        byte[] array = [1, 2, 3, 4];
        var memory = new KnownArray(array, "hash").Memory;
        array[2] = 9;
        Assert.That(memory[1..].ToArray(), Is.EqualTo(new byte[] { 2, 9, 4 }));
    }

    [Test]
    public unsafe void Pin_PartOfTheMemory_PointsAtItUntilItIsFreed()
    {
        byte[] array = [1, 2, 3, 4];
        var memory = new KnownArray(array, "hash").Memory;
        using (var first = memory[1..].Pin())
        using (var second = memory[3..].Pin())
        {
            GC.Collect();
            Assert.That((*(byte*)first.Pointer, *(byte*)second.Pointer), Is.EqualTo(((byte)2, (byte)4)));
        }
    }
}
