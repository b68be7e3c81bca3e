using System.Text;
using FeatureTransfer.Onnx.Proto;
using Google.Protobuf;

namespace FeatureTransfer.Onnx.Tests;

public class OnnxModelTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-onnx-").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("this is a text, not a model")]
    [TestCase("")]
    [TestCase("{\"json\": true}")]
    public void Load_NotOnnx_NamesTheFile(string content)
    {
        var path = Path.Combine(_folder, "model.onnx");
        File.WriteAllText(path, content, Encoding.UTF8);
        Assert.That(() => OnnxModel.Load(path), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(path).And.Message.Contains("not an ONNX model"));
    }

    private static IEnumerable<TestCaseData> Broken()
    {
        static TestCaseData Case(string fault, Action<GraphProto> change) => new TestCaseData(change, fault).SetArgDisplayNames(fault);
        yield return Case("has no output", graph => graph.Output.Clear());
        yield return Case("without an output", graph => graph.Node[0].Output.Clear());
        yield return Case("'conv' twice", graph => graph.Node.Add(graph.Node[0].Clone()));
        yield return Case("two inputs that are called 'x'", graph => graph.Input.Add(graph.Input[0].Clone()));
        yield return Case("two weights that are called 'w'", graph => graph.Initializer.Add(graph.Initializer[0].Clone()));
    }

    [TestCaseSource(nameof(Broken))]
    public void Parse_GraphThatBreaksTheRules_SaysWhichOne(Action<GraphProto> change, string fault)
    {
        var proto = SmallModels.Convolution().Proto.Clone();
        change(proto.Graph);
        Assert.That(() => OnnxModel.Parse(proto.ToByteArray(), "m.onnx"), Throws.TypeOf<FeatureTransferException>().With.Message.StartsWith("m.onnx: the ONNX graph").And.Message.Contains(fault));
    }

    [Test]
    public void Load_MissingFile_NamesIt()
    {
        var path = Path.Combine(_folder, "absent.onnx");
        Assert.That(() => OnnxModel.Load(path), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(path));
    }

    [Test]
    public void Save_ThenLoad_GivesTheSameModel()
    {
        var path = Path.Combine(_folder, "model.onnx");
        var model = SmallModels.Convolution();
        model.Save(path);
        Assert.That(OnnxModel.Load(path).Proto, Is.EqualTo(model.Proto));
        Assert.That(Directory.GetFiles(_folder), Is.EqualTo(new[] { path }));
    }

    [Test]
    public void Map_File_GivesTheSameModelAgainAndAgain()
    {
        var path = Path.Combine(_folder, "model.onnx");
        var model = SmallModels.Convolution();
        model.Save(path);
        Assert.That(OnnxModel.Map(path).Proto, Is.EqualTo(model.Proto));
        Assert.That(OnnxModel.Map(path).Proto, Is.EqualTo(model.Proto));
    }

    [Test]
    public void Map_FileThatWasReplaced_GivesTheNewOneAndLeavesTheOldOne()
    {
        var path = Path.Combine(_folder, "model.onnx");
        var (first, second) = (Weights(1), Weights(2));
        first.Save(path);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        var mapped = OnnxModel.Map(path);
        second.Save(path);
        Assert.That(OnnxModel.Map(path).Proto, Is.EqualTo(second.Proto));
        Assert.That(mapped.Proto, Is.EqualTo(first.Proto));

        static OnnxModel Weights(float value)
        {
            var model = SmallModels.Convolution();
            model.Proto.Graph.Initializer.Add(new TensorProto { Name = "spare", DataType = 1, Dims = { 4096 }, RawData = ByteString.CopyFrom(Enumerable.Repeat(BitConverter.GetBytes(value), 4096).SelectMany(bytes => bytes).ToArray()) });
            return model;
        }
    }

    [TestCase("")]
    [TestCase("no model")]
    [TestCase(null)]
    public void Map_NoModel_NamesTheFile(string? content)
    {
        var path = Path.Combine(_folder, "model.onnx");
        if (content is not null)
            File.WriteAllText(path, content);
        Assert.That(() => OnnxModel.Map(path), Throws.TypeOf<FeatureTransferException>().With.Message.StartsWith(path));
    }

    [Test]
    public void Load_WeightsBesideTheModel_AreReadIn()
    {
        var inside = SmallModels.Image();
        var path = SaveWithWeightsOutside("weights.bin");
        File.WriteAllBytes(Path.Combine(_folder, "weights.bin"), [9, 9, 9, 9, .. BitConverter.GetBytes(2f)]);
        var features = FeatureGraph.Build(OnnxModel.Load(path), ["twice"], Pooling.Avg);
        Assert.That(features.Proto.Graph.Initializer.Single(tensor => tensor.Name == "two"), Is.EqualTo(inside.Proto.Graph.Initializer.Single(tensor => tensor.Name == "two")));
    }

    [TestCase("absent.bin", "missing")]
    [TestCase("../outside.bin", "outside")]
    public void Load_WeightsThatCannotBeHad_TellsWhy(string location, string expected)
    {
        var path = SaveWithWeightsOutside(location);
        Assert.That(() => OnnxModel.Load(path), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'two'").And.Message.Contains(expected));
    }

    [Test]
    public void ToString_TellsInputsAndOutputsWithShapes()
    {
        var model = SmallModels.Convolution();
        Assert.That(model.Inputs.Single(), Has.Property(nameof(TensorInfo.Name)).EqualTo("x"));
        Assert.That(model.Inputs[0].Shape, Is.EqualTo(new long?[] { null, 3, 8, 8 }));
        Assert.That(model.ToString(), Does.StartWith("convolution: x (?, 3, 8, 8) -> scores"));
    }

    private string SaveWithWeightsOutside(string location)
    {
        var model = SmallModels.Image();
        var weight = model.Proto.Graph.Initializer.Single(tensor => tensor.Name == "two");
        weight.RawData = ByteString.Empty;
        weight.ClearRawData();
        weight.DataLocation = TensorProto.Types.DataLocation.External;
        weight.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        weight.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = "4" });
        weight.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = "4" });
        var path = Path.Combine(_folder, "model.onnx");
        model.Save(path);
        return path;
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Load_MoreThanTwoGigabytes_IsOneSentence(bool outside)
    {
        var folder = Directory.CreateTempSubdirectory("ft-large-").FullName;
        try
        {
            var path = Path.Combine(folder, "large.onnx");
            var model = SmallModels.Image();
            var weight = model.Proto.Graph.Initializer[0];
            weight.ClearRawData();
            weight.DataLocation = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataLocation.External;
            weight.ExternalData.Add(new FeatureTransfer.Onnx.Proto.StringStringEntryProto { Key = "location", Value = "large.data" });
            model.Save(path);

            // It takes no room on the disk: nothing was written into it.
            using (var file = new FileStream(outside ? Path.Combine(folder, "large.data") : path, FileMode.OpenOrCreate))
                file.SetLength((2L << 30) + 1);
            Assert.That(() => OnnxModel.Load(path), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(path).And.Message.Contains("more than 2 GB"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
