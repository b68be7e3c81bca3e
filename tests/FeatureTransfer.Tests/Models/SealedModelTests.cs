using System.IO.Compression;
using FeatureTransfer.Models;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Models;

/// <summary>What a model file's entries may not be, sealed or not: the message names the entry.</summary>
public class SealedModelTests
{
    private const string Notes = "FeatureTransfer/notes.txt";
    private readonly MLContext _ml = new(1);
    private ColourImages _images = null!;
    private byte[] _file = [];

    [OneTimeSetUp]
    public void Save()
    {
        _images = new ColourImages(1);
        _file = Write();
    }

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [Test]
    public void ToBytes_SameModel_IsTheSameFile()
    {
        Assert.That(Write(), Is.EqualTo(_file));
        using var zip = new ZipArchive(new MemoryStream(_file));
        Assert.That(zip.Entries.Select(entry => entry.LastWriteTime.DateTime), Is.All.EqualTo(new DateTime(1980, 1, 1)));
        Assert.That(zip.Entries.Where(entry => entry.CompressedLength == entry.Length).Select(entry => ModelEntries.Normalize(entry.FullName)), Has.One.EndsWith("/OnnxModel"));
        Assert.That(zip.Entries.Count(entry => entry.CompressedLength < entry.Length), Is.GreaterThan(3), "what is no graph is pressed");
        using var manifest = new StreamReader(zip.GetEntry(ModelEntries.Manifest)!.Open());
        Assert.That(manifest.ReadLine(), Is.EqualTo("{"), "people can read it");
        Assert.That(zip.Comment, Has.Length.EqualTo(64).And.Not.EqualTo(ModelSeal.Blank));
    }

    [Test]
    public void IsWhole_FileOrAnyPart_IsTheFileAlone()
    {
        Assert.That(ModelSeal.IsWhole(_file), Is.True);
        var sealOfNothing = new byte[ModelSeal.Blank.Length];
        ModelSeal.Close(sealOfNothing);
        foreach (var part in new[] { _file[..^1], _file[1..], [], _file[^64..], _file[^65..], sealOfNothing })
            Assert.That(ModelSeal.IsWhole(part), Is.False);
    }

    [Test]
    public void Read_EntryMissing_IsNamed() =>
        AssertDamaged(Changed(zip => zip.GetEntry(Notes)!.Delete()), $"{Notes} is missing");

    [Test]
    public void Read_EntryTooMany_IsNamed() =>
        AssertDamaged(Changed(zip => Add(zip, "FeatureTransfer/more.txt", "more")), "FeatureTransfer/more.txt is not in the manifest");

    [Test]
    public void Read_EntryChanged_IsNamed() => AssertDamaged(
        Changed(zip =>
        {
            zip.GetEntry(Notes)!.Delete();
            Add(zip, Notes, "others");
        }),
        $"{Notes} is not what was written");

    [Test]
    public void Read_NothingChangedButTheSeal_NamesTheDirectory() =>
        AssertDamaged(Changed(_ => { }), "FeatureTransfer/manifest.json or the zip's own directory was changed");

    [Test]
    public void Read_PressedEntryThatCannotBeUnpacked_IsNamed()
    {
        var damaged = (byte[])_file.Clone();
        var at = damaged.AsSpan().IndexOf("FeatureTransfer/notes.txt"u8) + Notes.Length;
        damaged.AsSpan(at, 8).Fill(0xff);
        AssertDamaged(damaged, $"{Notes} cannot be read");
    }

    [Test]
    public void Read_NamesWithBackslashes_AreTheSame()
    {
        using var file = ModelFile.Read(Changed(_ => { }, seal: true, rename: name => name.StartsWith("FeatureTransfer/", StringComparison.Ordinal) ? name : name.Replace('/', '\\')), "x");
        Assert.That(file.Graphs().Count(), Is.EqualTo(1));
        Assert.That(file.Attachment("notes.txt"), Is.EqualTo("notes, notes, notes, notes"u8.ToArray()));
    }

    [Test]
    public void Open_GraphMissing_IsNamed()
    {
        using var file = ModelFile.Read(Changed(zip => Graph(zip).Delete(), seal: true), "x");
        Assert.That(() => file.Graphs().Count(), Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo($"x: the graph {file.Manifest.Parts[0].Graph} is missing. Save the model again."));
    }

    [Test]
    public void Open_GraphOfAnother_IsNamed()
    {
        var other = SmallModels.Colours().ToBytes();
        using var file = ModelFile.Read(
            Changed(
                zip =>
                {
                    var name = Graph(zip).FullName;
                    Graph(zip).Delete();
                    using var stream = zip.CreateEntry(name).Open();
                    stream.Write([.. BitConverter.GetBytes(other.Length), .. other]);
                },
                seal: true),
            "x");
        Assert.That(() => file.Graphs().Count(), Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo($"x/{file.Manifest.Parts[0].Graph}: is no graph that FeatureTransfer wrote. Save the model again."));
    }

    [TestCase("a/b", "a/b/c", true)]
    [TestCase("a/b", "a/b", false)]
    [TestCase("a/b", "a/bc/d", false)]
    [TestCase("a/b", "x/b/c", false)]
    public void IsIn_Folder_HoldsWhatIsBelowIt(string folder, string entry, bool expected) => Assert.That(ModelEntries.IsIn(folder, entry), Is.EqualTo(expected));

    private static void AssertDamaged(byte[] content, string what) =>
        Assert.That(() => ModelFile.Read(content, "x"), Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo($"x: the model file is damaged: {what}. Copy it again, or save the model again."));

    private static ZipArchiveEntry Graph(ZipArchive zip) => zip.Entries.Single(entry => entry.Name == "OnnxModel");

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(text);
    }

    private byte[] Write()
    {
        var rows = _ml.Data.LoadFromEnumerable(_images.Paths.Select(path => new PathRow { ImagePath = path }));
        using var extraction = _ml.Transforms.ExtractFeatures(_images.Options).Fit(rows);
        return new ModelFileWriter(_ml.Model).Attach("notes.txt", "notes, notes, notes, notes"u8.ToArray()).ToBytes(extraction, rows.Schema).ToArray();
    }

    private byte[] Changed(Action<ZipArchive> change, bool seal = false, Func<string, string>? rename = null)
    {
        using var memory = new MemoryStream();
        using (var from = new ZipArchive(new MemoryStream(_file)))
        using (var to = new ZipArchive(memory, ZipArchiveMode.Update, leaveOpen: true) { Comment = ModelSeal.Blank })
        {
            foreach (var entry in from.Entries)
            {
                using var source = entry.Open();
                using var target = to.CreateEntry(rename?.Invoke(entry.FullName) ?? entry.FullName).Open();
                source.CopyTo(target);
            }

            change(to);
        }

        var file = memory.ToArray();
        if (seal)
            ModelSeal.Close(file);
        return file;
    }

    private sealed class PathRow
    {
        public string ImagePath { get; set; } = "";
    }
}
