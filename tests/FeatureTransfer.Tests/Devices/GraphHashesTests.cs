using System.Security.Cryptography;
using FeatureTransfer.Devices;
using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Proto;
using Google.Protobuf;

namespace FeatureTransfer.Tests.Devices;

public class GraphHashesTests
{
    private const int Weights = 40_000;
    private string _folder = "";
    private string _file = "";
    private string _notes = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("ft-hashes-").FullName;
        _file = Path.Combine(_folder, "model.onnx");
        _notes = Path.Combine(_folder, "notes");
        var model = SmallModels.Convolution();
        foreach (var name in new[] { "spare", "more" })
            model.Proto.Graph.Initializer.Add(new TensorProto { Name = name, DataType = 1, Dims = { Weights }, RawData = Bytes(model.Proto.Graph.Initializer.Count) });
        model.Save(_file);
    }

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Of_MappedModel_IsThatOfItsFile()
    {
        Assert.That(Of(Mapped()), Is.EqualTo(SHA256.HashData(File.ReadAllBytes(_file))));
        Assert.That(Of(Mapped()), Is.EqualTo(SHA256.HashData(File.ReadAllBytes(_file))));
    }

    [Test, Platform(Exclude = "Win", Reason = "Nothing is mapped there.")]
    public void Of_MappedModelAgain_TakesTheNote()
    {
        Of(Mapped());
        var other = SHA256.HashData("other"u8);
        File.WriteAllText(Note(), Convert.ToHexStringLower(other));
        Assert.That(Of(Mapped()), Is.EqualTo(other));
    }

    [TestCase("")]
    [TestCase("not a hash")]
    [TestCase("gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg")]
    [Platform(Exclude = "Win", Reason = "Nothing is mapped there.")]
    public void Of_DamagedNote_IsMadeAgain(string content)
    {
        var hash = Of(Mapped());
        var sound = File.ReadAllText(Note());
        File.WriteAllText(Note(), content);
        Assert.That(Of(Mapped()), Is.EqualTo(hash));
        Assert.That(File.ReadAllText(Note()), Is.EqualTo(sound));
    }

    [Test]
    public void Of_ModelInAKnownArray_IsThatOfItsFileAndTakesTheNote()
    {
        var content = File.ReadAllBytes(_file);
        OnnxModel Known() => OnnxModel.Alias(new KnownArray(content, Convert.ToHexStringLower(SHA256.HashData(content))).Memory, "known");
        Assert.That(Of(Known()), Is.EqualTo(SHA256.HashData(content)));
        var other = SHA256.HashData("other"u8);
        File.WriteAllText(Note(), Convert.ToHexStringLower(other));
        Assert.That(Of(Known()), Is.EqualTo(other));
    }

    [Test]
    public void Of_ManyModels_KeepsTheNewestNotes()
    {
        Directory.CreateDirectory(_notes);
        for (var i = 0; i < 300; i++)
        {
            var note = Path.Combine(_notes, $"{i}.sha256");
            File.WriteAllText(note, "");
            File.SetLastWriteTimeUtc(note, DateTime.UnixEpoch.AddMinutes(i));
        }

        var content = File.ReadAllBytes(_file);
        Of(OnnxModel.Alias(new KnownArray(content, "known").Memory, "known"));
        Assert.That(Directory.GetFiles(_notes), Has.Length.EqualTo(256));
        Assert.That(File.Exists(Path.Combine(_notes, "299.sha256")) && !File.Exists(Path.Combine(_notes, "0.sha256")));
    }

    [Test]
    public void Of_NotesCannotBeKept_IsTheSame()
    {
        File.WriteAllText(_notes, "a file where the folder would be");
        Assert.That(Of(Mapped()), Is.EqualTo(SHA256.HashData(File.ReadAllBytes(_file))));
    }

    [Test]
    public void Of_AnotherModelOfTheSameWeights_IsItsOwn() => HoldsAfter(model => model.Graph.Node[0].Name = "renamed");

    [Test]
    public void Of_WeightsOfOneNameInAnotherOrder_IsItsOwn() => HoldsAfter(model =>
    {
        var (spare, more) = (model.Graph.Initializer[^2], model.Graph.Initializer[^1]);
        (spare.RawData, more.RawData) = (more.RawData, spare.RawData);
    });

    [Test]
    public void Of_PartOfAWeight_IsItsOwn() => HoldsAfter(model =>
    {
        var spare = model.Graph.Initializer[^2];
        spare.Dims[0] = Weights / 2;
        spare.RawData = UnsafeByteOperations.UnsafeWrap(spare.RawData.Memory[..(sizeof(float) * Weights / 2)]);
    });

    [Test]
    public void Of_WeightThatWasChanged_IsItsOwn() => HoldsAfter(model => model.Graph.Initializer[^1].RawData = Bytes(77));

    [Test]
    public void Of_SamePlacesInAnotherFile_IsItsOwn()
    {
        var first = Of(Mapped());
        var model = OnnxModel.Load(_file);
        model.Proto.Graph.Initializer[^1].RawData = Bytes(77);
        File.Delete(_file);
        model.Save(_file);
        Assert.That(Of(Mapped()), Is.EqualTo(SHA256.HashData(File.ReadAllBytes(_file))).And.Not.EqualTo(first));
    }

    [Test]
    public void Of_HashThatNobodyKnows_KeepsNoNote()
    {
        Assert.That(Of(OnnxModel.Map(_file)), Is.EqualTo(SHA256.HashData(File.ReadAllBytes(_file))));
        Assert.That(Of(OnnxModel.Load(_file)), Is.EqualTo(SHA256.HashData(File.ReadAllBytes(_file))));
        Assert.That(Directory.Exists(_notes), Is.False);
    }

    [Test]
    public void Of_Model_LeavesItAsItWas()
    {
        var model = Mapped();
        Of(model);
        Assert.That(model.Proto, Is.EqualTo(OnnxModel.Load(_file).Proto));
    }

    private void HoldsAfter(Action<ModelProto> change)
    {
        var before = Of(Mapped());
        var model = Mapped();
        change(model.Proto);
        Assert.That(Of(model), Is.EqualTo(SHA256.HashData(model.ToBytes())).And.Not.EqualTo(before));
    }

    private OnnxModel Mapped() => OnnxModel.Map(_file, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_file))));

    private byte[] Of(OnnxModel model) => new GraphHashes(_notes).Of(model);

    private string Note() => Directory.GetFiles(_notes).Single();

    private static ByteString Bytes(int seed)
    {
        var bytes = new byte[sizeof(float) * Weights];
        new Random(seed).NextBytes(bytes);
        return ByteString.CopyFrom(bytes);
    }
}
