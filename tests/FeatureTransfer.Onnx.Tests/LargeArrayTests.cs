namespace FeatureTransfer.Onnx.Tests;

public class LargeArrayTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase((4 << 20) - 1)]
    [TestCase(4 << 20)]
    [TestCase((9 << 20) + 5)]
    public void Allocate_AnyLength_IsAnArrayLikeAnyOther(int length)
    {
        var array = LargeArray.Allocate<byte>(length);
        Assert.That(array, Has.Length.EqualTo(length));
        array.AsSpan().Fill(7);
        GC.Collect();
        Assert.That(array.AsSpan().IndexOfAnyExcept((byte)7), Is.EqualTo(-1));
    }

    [Test]
    public void Allocate_Floats_AreCountedInElements()
    {
        var array = LargeArray.Allocate<float>(3 << 20);
        array.AsSpan().Fill(2f);
        Assert.That((array.Length, array[^1]), Is.EqualTo((3 << 20, 2f)));
    }

    [TestCase(0)]
    [TestCase(1000)]
    [TestCase((5 << 20) + 3)]
    public void ReadFile_AnyLength_IsItsContent(int length)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("ft-large-").FullName, "file");
        try
        {
            var content = new byte[length];
            new Random(1).NextBytes(content);
            File.WriteAllBytes(path, content);
            Assert.That(LargeArray.ReadFile(path).AsSpan().SequenceEqual(content));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Test]
    public void ReadFile_Missing_SaysSo() =>
        Assert.That(() => LargeArray.ReadFile("/no/such/file"), Throws.InstanceOf<IOException>());
}
