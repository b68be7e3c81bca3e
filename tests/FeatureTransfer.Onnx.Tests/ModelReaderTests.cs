using System.Runtime.InteropServices;
using FeatureTransfer.Onnx.Proto;
using Google.Protobuf;

namespace FeatureTransfer.Onnx.Tests;

public class ModelReaderTests
{
    private static readonly byte[] _bytes = Model(3000).ToBytes();

    [Test]
    public void Alias_LargeWeight_LiesInTheFileAndTheModelIsTheSame()
    {
        var bytes = _bytes.ToArray();
        var model = OnnxModel.Alias(bytes, "m");
        Assert.That(model.Proto, Is.EqualTo(OnnxModel.Parse(_bytes, "m").Proto));
        var large = model.Proto.Graph.Initializer.Single(tensor => tensor.Name == "large");
        bytes.AsSpan().Clear();
        Assert.Multiple(() =>
        {
            Assert.That(large.RawData.Span.IndexOfAnyExcept((byte)0), Is.EqualTo(-1), "it is no copy");
            Assert.That(model.Proto.Graph.Initializer.Single(tensor => tensor.Name == "small").RawData.Span.IndexOfAnyExcept((byte)0), Is.Not.EqualTo(-1));
        });
    }

    [Test]
    public void Alias_Written_GivesTheBytesOfTheParsedOne() =>
        Assert.That(OnnxModel.Alias(_bytes, "m").ToBytes(), Is.EqualTo(OnnxModel.Parse(_bytes, "m").ToBytes()));

    [Test]
    public void Alias_GraphTwice_MergesAsProtocolBuffersDo()
    {
        byte[] twice = [.. _bytes, .. new ModelProto { Graph = new GraphProto { DocString = "more" } }.ToByteArray()];
        var graph = OnnxModel.Alias(twice, "m").Proto.Graph;
        Assert.That((graph.DocString, graph.Initializer.Count), Is.EqualTo(("more", 2)));
    }

    [Test]
    public void Alias_WeightTwice_TheLastStands()
    {
        var tensor = new TensorProto { Name = "w", RawData = ByteString.CopyFrom(new byte[5000]) }.ToByteArray();
        byte[] weight = [.. tensor, .. new TensorProto { RawData = ByteString.CopyFrom(Enumerable.Repeat((byte)7, 6000).ToArray()) }.ToByteArray()];
        byte[] graph = [.. Field(GraphProto.InitializerFieldNumber, weight), .. new GraphProto { Node = { new NodeProto { OpType = "Abs", Input = { "w" }, Output = { "y" } } } }.ToByteArray()];
        Assert.That(ModelReader.Read(Field(ModelProto.GraphFieldNumber, graph), alias: true).Graph.Initializer[0].RawData, Is.EqualTo(ByteString.CopyFrom(Enumerable.Repeat((byte)7, 6000).ToArray())));
    }

    // Found by fuzzing: what has the number of an initializer and is none was counted as one.
    [Test]
    public void Read_NumberInThePlaceOfAnInitializer_IsPassedOver()
    {
        byte[] graph = [0x28, 1, .. Field(GraphProto.InitializerFieldNumber, new TensorProto { Name = "w", RawData = ByteString.CopyFrom(new byte[5000]) }.ToByteArray())];
        Assert.That(ModelReader.Read(Field(ModelProto.GraphFieldNumber, graph), alias: true).Graph.Initializer.Single().RawData, Has.Length.EqualTo(5000));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Read_PackedFloats_BecomeRawData(bool alias)
    {
        var floats = Enumerable.Range(0, 1100).Select(i => i * 0.1f).ToArray();
        var model = Model(3);
        model.Proto.Graph.Initializer.Add(new TensorProto { Name = "packed", DataType = 1, Dims = { 1100 }, FloatData = { floats } });
        model.Proto.Graph.Initializer.Add(new TensorProto { Name = "few", DataType = 1, Dims = { 3 }, FloatData = { floats[..3] } });
        model.Proto.Graph.Initializer.Add(new TensorProto { Name = "halves", DataType = 10, Dims = { 1100 }, FloatData = { floats } });
        var read = ModelReader.Read(model.ToBytes(), alias).Graph.Initializer.ToDictionary(tensor => tensor.Name);
        Assert.Multiple(() =>
        {
            Assert.That(MemoryMarshal.Cast<byte, float>(read["packed"].RawData.Span).ToArray(), Is.EqualTo(floats));
            Assert.That(read["packed"].FloatData, Is.Empty);
            Assert.That((read["few"].FloatData.Count, read["halves"].FloatData.Count), Is.EqualTo((3, 1100)));
        });
    }

    [Test]
    public void Read_AnyDamage_IsReadAsProtocolBuffersReadsIt()
    {
        var random = new Random(1);
        var models = 0;
        for (var round = 0; round < 3000; round++)
        {
            var damaged = Damaged(random);
            var (parsed, aliased) = (Outcome(() => ModelProto.Parser.ParseFrom(damaged)), Outcome(() => ModelReader.Read(damaged, alias: true)));
            Assert.That(aliased, Is.EqualTo(parsed), $"round {round}");
            models += parsed is not null ? 1 : 0;
        }

        Assert.That(models, Is.InRange(100, 2900), "some damage is noticed, and some is not");
    }

    // Most of the file is weights, where damage shows nothing; so half of it goes to the other parts.
    private static byte[] Damaged(Random random)
    {
        var bytes = _bytes.ToArray();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var place = random.Next(2) == 0 ? random.Next(bytes.Length) : bytes.Length - 1 - random.Next(300);
            bytes[place] = (byte)random.Next(256);
        }

        return random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static ModelProto? Outcome(Func<ModelProto> read)
    {
        try
        {
            return read();
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static byte[] Field(int number, byte[] value)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            output.WriteTag(number, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(value));
        }

        return stream.ToArray();
    }

    /// <summary>x (batch, length) -> y: two weights that are added one after the other.</summary>
    private static OnnxModel Model(int length)
    {
        var builder = new GraphBuilder("adds");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, length));
        builder.Node("Add", "sum", ["x", builder.Constant("large", Enumerable.Range(0, length).Select(i => i + 0.1f).ToArray(), length)]);
        builder.Node("Add", "y", ["sum", builder.Constant("small", [0.5f], 1)]);
        builder.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, "adds");
    }
}
