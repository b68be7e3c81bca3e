using System.IO.Compression;
using FeatureTransfer.Models;
using FeatureTransfer.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Models;

/// <summary>What the reader of model files says of files that are not as they should be.</summary>
public class ModelFileTests
{
    private readonly MLContext _ml = new(1);
    private ColourImages _images = null!;
    private byte[] _file = [];

    [OneTimeSetUp]
    public void Save()
    {
        _images = new ColourImages(2);
        var rows = Rows();
        using var extraction = _ml.Transforms.ExtractFeatures(_images.Options).Fit(rows);
        _file = new ModelFileWriter(_ml.Model).Attach("notes.txt", "what a writer adds"u8.ToArray()).ToBytes(extraction, rows.Schema).ToArray();
    }

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [Test]
    public void LoadBundle_AnyBitFlipped_IsAnError()
    {
        var random = new Random(1);
        var places = Enumerable.Range(0, 300).Select(_ => random.Next(_file.Length)).Concat(Enumerable.Range(1, 120).Select(end => _file.Length - end));
        foreach (var place in places)
        {
            var damaged = (byte[])_file.Clone();
            damaged[place] ^= (byte)(1 << random.Next(8));
            Assert.That(() => Load(damaged), Throws.TypeOf<FeatureTransferException>(), $"byte {place} of {_file.Length}");
        }
    }

    [TestCase("TrainingInfo/Version.txt")]
    [TestCase("FeatureTransfer/notes.txt")]
    public void LoadBundle_EntryChanged_NamesIt(string name)
    {
        var exception = Assert.Throws<FeatureTransferException>(() => Load(Changed(name, "something else"u8.ToArray())));
        Assert.That(exception!.Message, Does.Contain("damaged").And.Contain(name));
    }

    [Test]
    public void LoadBundle_GraphsBitFlipped_NamesTheGraph()
    {
        var graph = ModelFile.Read(_file, "x").Manifest.Parts[0].Graph;
        var damaged = (byte[])_file.Clone();
        damaged[damaged.AsSpan().IndexOf("factor"u8)] ^= 1;
        Assert.That(() => Load(damaged), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(graph));
    }

    [Test]
    public void Attachment_Written_IsReadBack()
    {
        using var file = ModelFile.Read(_file, "x");
        Assert.That(file.Attachment("notes.txt"), Is.EqualTo("what a writer adds"u8.ToArray()));
        Assert.That(file.Attachment("other.txt"), Is.Null);
    }

    [Test]
    public void WritePlain_File_HasAllThatMlNetReads()
    {
        using var file = ModelFile.Read(_file, "x");
        var path = Path.Combine(_images.Folder, "plain.zip");
        file.WritePlain(path);
        using var plain = ZipFile.OpenRead(path);
        using var whole = new ZipArchive(new MemoryStream(_file));
        Assert.That(Entries(plain), Is.EqualTo(Entries(whole).Where(entry => !entry.Name.StartsWith("FeatureTransfer/", StringComparison.Ordinal))).And.Not.Empty);

        static IEnumerable<(string Name, DateTimeOffset Time, string Content)> Entries(ZipArchive zip) =>
            zip.Entries.Select(entry => (entry.FullName, entry.LastWriteTime, Convert.ToHexString(ModelDamage.ReadAll("x", entry)))).ToList();
    }

    [Test]
    public void SaveBundle_Graph_IsStoredOnce()
    {
        using var zip = new ZipArchive(new MemoryStream(_file));
        Assert.That(zip.Entries.Count(entry => entry.Name.EndsWith("OnnxModel", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(zip.Entries.Any(entry => entry.Name.EndsWith(".onnx", StringComparison.Ordinal)), Is.False);
    }

    [Test]
    public void LoadBundle_FileOfModelSave_NamesTheWayOut()
    {
        var rows = _ml.Data.LoadFromEnumerable(new[] { new PathRow() });
        using var memory = new MemoryStream();
        _ml.Model.Save(_ml.Transforms.CopyColumns("Copy", "ImagePath").Fit(rows), rows.Schema, memory);
        Assert.That(() => Load(memory.ToArray()), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("ml.Model.Load opens"));
    }

    [TestCase("bundle.json", "{ \"format\": 1 }", "format 1")]
    [TestCase("FeatureTransfer/manifest.json", "{ \"format\": 99 }", "format 99")]
    [TestCase("FeatureTransfer/manifest.json", "[]", "format 0")]
    [TestCase("FeatureTransfer/manifest.json", "{", "cannot be read")]
    public void LoadBundle_OtherFormat_SaysWhich(string name, string manifest, string expected)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry(name).Open())
            entry.Write(System.Text.Encoding.UTF8.GetBytes(manifest));
        Assert.That(() => Load(memory.ToArray()), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(expected));
    }

    [Test]
    public void LoadBundle_NoFileOrNoZip_NamesIt()
    {
        var path = _images.Write("text.ftm", "not a zip"u8.ToArray());
        foreach (var file in new[] { path, path + ".missing" })
            Assert.That(() => _ml.Model.LoadBundle(file, out _), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(file).And.Message.Contains("cannot be opened"));
    }

    [Test]
    public void Open_PartThatCannotBeMade_FreesThoseBeforeIt()
    {
        using var file = ModelFile.Read(Two(), "x");
        var first = new FreedPart();
        Assert.That(
            () => file.Open(_ml.Model, new FeatureTransferServices(), place => place == file.Manifest.Parts[0] ? new SavedFreedPart(first) : throw new NotSupportedException("the second"), _ => throw new NotSupportedException(), out _),
            Throws.TypeOf<NotSupportedException>().With.Message.EqualTo("the second"));
        Assert.That(first.Freed, Is.EqualTo(1));
    }

    [Test]
    public void Skeleton_TwoParts_HasAnEmptyChainInThePlaceOfEach()
    {
        var content = Two();
        using var file = ModelFile.Read(content, "x");
        using var zip = new ZipArchive(new MemoryStream(content));
        string[] folders = [.. file.Manifest.Parts.Select(place => place.Folder)];
        var seen = new List<string>();
        ModelChain.Map(ModelSkeleton.Begin(_ml.Model, "x", zip, folders).GetAwaiter().GetResult().Model, (part, folder) =>
        {
            Assert.That(ModelChain.Parts(part), Is.Empty, folder);
            seen.Add(folder);
            return part;
        });
        Assert.That(folders, Has.Length.EqualTo(2));
        Assert.That(seen, Is.EqualTo(folders));
    }

    [Test]
    public void ToBytes_GraphLargerThanAllElse_IsWrittenOnceAndWhatStoodForItIsFreed()
    {
        var rows = Rows();
        using var extraction = _ml.Transforms.ExtractFeatures(_images.Options).Fit(rows);
        var part = new FreedPart { Inner = extraction };
        var file = new ModelFileWriter(_ml.Model).ToBytes(part, rows.Schema).ToArray();
        Assert.That((part.Freed, file.Length > FreedPart.Size), Is.EqualTo((1, true)));

        // Nor is it copied when ML.NET reads what stands around it.
        using var zip = new ZipArchive(new MemoryStream(file));
        using var read = ModelFile.Read(file, "x");
        string[] folders = [.. read.Manifest.Parts.Select(place => place.Folder)];
        var before = GC.GetTotalAllocatedBytes(precise: true);
        ModelSkeleton.Begin(_ml.Model, "x", zip, folders).GetAwaiter().GetResult();
        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(FreedPart.Size));
    }

    private IDataView Rows() => _ml.Data.LoadFromEnumerable(_images.Paths.Select(path => new PathRow { ImagePath = path }));

    // A model of two extractions.
    private byte[] Two()
    {
        var rows = Rows();
        using var model = _ml.Transforms.ExtractFeatures(_images.Options).Append(_ml.Transforms.ExtractFeatures(_images.Options with { OutputColumnName = "Others" })).Fit(rows);
        return new ModelFileWriter(_ml.Model).ToBytes(model, rows.Schema).ToArray();
    }

    private void Load(byte[] content)
    {
        using var stream = new MemoryStream(content);
        (_ml.Model.LoadBundle(stream, out _) as IDisposable)?.Dispose();
    }

    private byte[] Changed(string name, byte[] content)
    {
        using var memory = new MemoryStream();
        memory.Write(_file);
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Update, leaveOpen: true))
        {
            var old = zip.Entries.Single(entry => entry.FullName.Replace('\\', '/') == name);
            var fullName = old.FullName;
            old.Delete();
            using var entry = zip.CreateEntry(fullName).Open();
            entry.Write(content);
        }

        return memory.ToArray();
    }

    private sealed record SavedFreedPart(ITransformer Part) : SavedPart
    {
        public override ITransformer Open(OnnxModel graph, FeatureTransferServices services) => Part;
    }

    /// <summary>Saves as an extraction does, of a graph with a long description; counts how often it, or what stands for it, is freed.</summary>
    private sealed class FreedPart : IModelPart, IDisposable
    {
        public const int Size = 1 << 22;

        public IModelPart Inner { get; init; } = null!;

        public int Freed { get; private set; }

        public bool IsRowToRowMapper => Inner.IsRowToRowMapper;

        public string Kind => Inner.Kind;

        public BuiltInForm ToBuiltIn()
        {
            var form = Inner.ToBuiltIn();
            var graph = OnnxModel.Parse(form.Graph.ToBytes(), "large");
            graph.Proto.DocString = new string('x', Size);
            return new BuiltInForm(graph, _ => this);
        }

        public SavedPart Describe() => Inner.Describe();

        public ITransformer For(DataViewSchema inputSchema) => this;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Inner.GetOutputSchema(inputSchema);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Inner.GetRowToRowMapper(inputSchema);

        public IDataView Transform(IDataView input) => Inner.Transform(input);

        public void Save(ModelSaveContext ctx) => Inner.Save(ctx);

        public void Dispose() => Freed++;
    }

    private sealed class PathRow
    {
        public string ImagePath { get; set; } = "";
    }
}
