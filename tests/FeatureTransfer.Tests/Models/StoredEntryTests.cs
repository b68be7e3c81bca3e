using System.IO.Compression;
using FeatureTransfer.Models;

namespace FeatureTransfer.Tests.Models;

public class StoredEntryTests
{
    private static readonly byte[] _noise = Noise(100_000);

    [Test]
    public void Find_EntriesThatAreNotPressed_AreTheBytesOfTheFile()
    {
        var file = Zip(CompressionLevel.NoCompression, ("a", _noise), ("b/c", Noise(64)), ("d", Noise(70_001)));
        using var stream = new MemoryStream(file);
        using var zip = new ZipArchive(stream);
        foreach (var entry in zip.Entries.Reverse())
        {
            var found = StoredEntry.Find(file, stream, entry);
            using var content = entry.Open();
            Assert.That(found?.ToArray(), Is.EqualTo(GrowingContent.Read(content, (int)entry.Length)), entry.FullName);
        }
    }

    [Test]
    public void Find_Entry_IsNotCopied()
    {
        var file = Zip(CompressionLevel.NoCompression, ("a", _noise));
        using var stream = new MemoryStream(file);
        using var zip = new ZipArchive(stream);
        var found = StoredEntry.Find(file, stream, zip.Entries[0])!.Value;
        file.AsSpan().Clear();
        Assert.That(found.ToArray(), Is.All.Zero);
    }

    [Test]
    public void Find_PressedEntry_IsNotThere()
    {
        var file = Zip(CompressionLevel.Optimal, ("a", new byte[100_000]), ("b", _noise));
        using var stream = new MemoryStream(file);
        using var zip = new ZipArchive(stream);
        Assert.That(zip.Entries.Select(entry => StoredEntry.Find(file, stream, entry)), Is.All.Null);
    }

    // Noise is pressed into a little more than it was: what then stands behind it makes the lengths equal.
    [Test]
    public void Find_PressedEntryOfTheSameLength_IsNotThere()
    {
        for (var zeros = 0; zeros < 2_000; zeros++)
        {
            byte[] content = [.. _noise, .. new byte[zeros]];
            var file = Zip(CompressionLevel.Optimal, ("a", content));
            using var stream = new MemoryStream(file);
            using var zip = new ZipArchive(stream);
            if (zip.Entries[0].CompressedLength != content.Length)
                continue;
            Assert.That(StoredEntry.Find(file, stream, zip.Entries[0]), Is.Null);
            return;
        }

        Assert.Fail("No content keeps its length.");
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = zip.CreateEntry(name, level).Open();
                stream.Write(content);
            }
        }

        return memory.ToArray();
    }
}
