using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Tests.Neighbours;

public class NeighbourIndexFileTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ft-index-").FullName;

    private string FilePath => Path.Combine(_folder, "items.fti");

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Load_WhatWasSaved_IsTheSame([Values] SimilarityMetric metric)
    {
        var builder = new NeighbourIndexBuilder(metric) { Properties = { ["backbone"] = "any" } };
        builder.Add("Äpfel \"und\" 🍐", [1, 2]);
        builder.Add("", [-0.5f, 0]);
        var built = builder.Build();
        built.Save(FilePath);
        var loaded = NeighbourIndex.Load(FilePath);
        Assert.Multiple(() =>
        {
            Assert.That(loaded.Metric, Is.EqualTo(metric));
            Assert.That(loaded.Names, Is.EqualTo(built.Names));
            Assert.That(loaded.Properties, Is.EqualTo(built.Properties));
            Assert.That(loaded.Vectors.ToArray(), Is.EqualTo(built.Vectors.ToArray()));
            Assert.That(loaded.Search([1, 1], 2), Is.EqualTo(built.Search([1, 1], 2)));
            Assert.That(Directory.GetFiles(_folder), Is.EqualTo(new[] { FilePath }), "nothing is left beside it");
        });
    }

    /// <summary>Every byte of the file counts.</summary>
    [Test]
    public void Load_AnyByteChanged_SaysWhatIsDamaged()
    {
        Save();
        var whole = File.ReadAllBytes(FilePath);
        var told = new HashSet<string>();
        for (var place = 0; place < whole.Length; place++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[place] ^= 0x40;
            File.WriteAllBytes(FilePath, damaged);
            var message = Assert.Throws<FeatureTransferException>(() => NeighbourIndex.Load(FilePath), $"byte {place}")!.Message;
            Assert.That(message, Does.StartWith(FilePath));
            told.Add(message[FilePath.Length..]);
        }

        foreach (var part in new[] { "is no index", "has version", "hash of its header", "hash of its vectors", "hash of its names" })
            Assert.That(told, Has.Some.Contains(part));
    }

    [Test]
    public void Load_FileOfAnyOtherLength_Refuses()
    {
        Save();
        var whole = File.ReadAllBytes(FilePath);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            Assert.That(() => NeighbourIndex.Load(FilePath), Throws.TypeOf<FeatureTransferException>(), $"{length} bytes");
        }

        File.WriteAllBytes(FilePath, [.. whole, 0]);
        Assert.That(() => NeighbourIndex.Load(FilePath), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("cut short or added to"));
    }

    [Test]
    public void Load_NoFile_NamesIt() =>
        Assert.That(() => NeighbourIndex.Load(Path.Combine(_folder, "none.fti")), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("none.fti: the index cannot be read"));

    [Test]
    public void Save_OverAnother_ReplacesIt()
    {
        Save();
        NeighbourIndexTests.Index(SimilarityMetric.Cosine, [1]).Save(FilePath);
        Assert.That(NeighbourIndex.Load(FilePath).Count, Is.EqualTo(1));
    }

    private void Save() => NeighbourIndexTests.Index(SimilarityMetric.Euclidean, [1, 2], [3, 4], [5, 6]).Save(FilePath);
}
