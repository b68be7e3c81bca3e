using System.Security.Cryptography;
using FeatureTransfer.FineTuning;

namespace FeatureTransfer.Tests.FineTuning;

public class EncodedImagesTests
{
    private static readonly byte[][] _images = [.. Enumerable.Range(1, 5).Select(number => Enumerable.Repeat((byte)number, 300_000 * number).ToArray())];

    [Test]
    public void Read_InMemoryAndOnDisk_GivesWhatWasAdded([Values(0, 1, 100)] int megabytes)
    {
        using var store = new EncodedImages(megabytes);
        var kept = Array.ConvertAll(_images, image => store.Add(image));
        Assert.That(store.IsOnDisk, Is.EqualTo(megabytes < 100));
        Parallel.For(0, 50, i => Assert.That(kept[i % 5].Read().Span.SequenceEqual(_images[i % 5])));
    }

    [Test]
    public void Add_OnDisk_LeavesNoNameBehind()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("On Windows the system deletes the file when the process is gone.");
        string[] Names() => Directory.GetFiles(Path.GetTempPath(), "ft-images-*");
        var before = Names();
        using var store = new EncodedImages(0);
        var kept = store.Add(_images[0]);
        Assert.That(store.IsOnDisk);
        Assert.That(Names().Except(before), Is.Empty, "a killed process leaves nothing");
        Assert.That(kept.Read().Span.SequenceEqual(_images[0]));
    }

    [Test]
    public void Hash_OfAnImage_IsThatOfItsBytesWhereverItLies()
    {
        using var store = new EncodedImages(1);
        Assert.That(_images.Select(image => store.Add(image).Hash), Is.EqualTo(_images.Select(image => Convert.ToHexString(SHA256.HashData(image)))));
    }
}
