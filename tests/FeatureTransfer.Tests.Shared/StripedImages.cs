using FeatureTransfer.FineTuning;
using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Shared;

/// <summary>
/// A temporary folder with small images of level, upright and slanting stripes in any colours, and a small network with random weights:
/// what tells them apart has to be learned.
/// </summary>
internal sealed class StripedImages : IDisposable
{
    public const int Size = 12;
    public static readonly string[] Classes = ["level", "upright", "slanting"];

    public StripedImages(int count = 90, int seed = 1)
    {
        var random = new Random(seed);
        Rows = [.. Enumerable.Range(0, count).Select(i => Row(i, random))];
        Backbone = Path.Combine(Folder, "small.onnx");
        Network().Save(Backbone);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("ft-stripes-").FullName;

    public IReadOnlyList<StripeRow> Rows { get; }

    public string Backbone { get; }

    /// <summary>Both convolutions learn, quickly.</summary>
    public FineTuneOptions Options => new()
    {
        Backbone = Backbone,
        TrainableFrom = "conv1",
        HeadEpochs = 4,
        Epochs = 12,
        LearningRate = 0.02,
        BatchSize = 16,
        UseCache = false,
        IntraOpThreads = 1,
        Schedule = new() { WarmUpEpochs = 0 },
    };

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>The rows with a key as their label.</summary>
    public static IDataView Keyed(IEnumerable<StripeRow> rows)
    {
        var ml = new MLContext(1);
        var view = ml.Data.LoadFromEnumerable(rows);
        return ml.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(view).Transform(view);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>x (batch, 3, 12, 12) -> conv1, 8 maps -> relu1 -> pool1 -> conv2, 8 maps -> bn2 -> relu2 -> features (batch, 8).</summary>
    private static OnnxModel Network()
    {
        var random = new Random(7);
        var builder = new GraphBuilder("small");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 3, Size, Size));
        builder.Node("Conv", "conv1", ["x", Weights(builder, random, "conv1.weight", 8, 3, 3, 3), Weights(builder, random, "conv1.bias", 8)], GraphBuilder.Ints("pads", 1, 1, 1, 1));
        builder.Node("Relu", "relu1", ["conv1"]);
        builder.Node("MaxPool", "pool1", ["relu1"], GraphBuilder.Ints("kernel_shape", 2, 2), GraphBuilder.Ints("strides", 2, 2));
        builder.Node("Conv", "conv2", ["pool1", Weights(builder, random, "conv2.weight", 8, 8, 3, 3)], GraphBuilder.Ints("pads", 1, 1, 1, 1));
        builder.Node("BatchNormalization", "bn2", ["conv2", Same(builder, "bn2.weight", 1), Same(builder, "bn2.bias", 0), Same(builder, "bn2.mean", 0), Same(builder, "bn2.var", 1)]);
        builder.Node("Relu", "relu2", ["bn2"]);
        builder.Node("GlobalAveragePool", "average", ["relu2"]);
        builder.Node("Flatten", "flat", ["average"]);
        builder.Graph.Output.Add(new ValueInfoProto { Name = "flat" });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, "small");
    }

    private static string Weights(GraphBuilder builder, Random random, string name, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++)
            values[i] = (random.NextSingle() - 0.5f) * 0.5f;
        return builder.Constant(name, values, shape);
    }

    private static string Same(GraphBuilder builder, string name, float value) => builder.Constant(name, [.. Enumerable.Repeat(value, 8)], 8);

    private StripeRow Row(int index, Random random)
    {
        var kind = index % Classes.Length;
        var (phase, colour) = (random.Next(4), new[] { random.Next(256), random.Next(256), random.Next(256) });
        var rgb = new byte[Size * Size * 3];
        for (var i = 0; i < Size * Size; i++)
        {
            var (x, y) = (i % Size, i / Size);
            var place = kind switch { 0 => y, 1 => x, _ => x + y };
            for (var channel = 0; channel < 3; channel++)
                rgb[(i * 3) + channel] = (byte)(((place + phase) % 4 < 2 ? colour[channel] : 255 - colour[channel]) / 2 + random.Next(40));
        }

        var path = PathOf($"{index}.png");
        File.WriteAllBytes(path, TestImages.Png(Size, Size, rgb));
        return new StripeRow { ImagePath = path, Class = Classes[kind], IsLevel = kind == 0, Several = [kind == 0 ? 1 : 0, kind < 2 ? 1 : 0], Amount = (10 * kind) + 5, Style = index % 2 == 0 ? "drawn" : "photo" };
    }
}

internal sealed class StripeRow
{
    public string ImagePath { get; set; } = "";

    public string Class { get; set; } = "";

    public bool IsLevel { get; set; }

    [Microsoft.ML.Data.VectorType(2)]
    public float[] Several { get; set; } = [];

    public float Amount { get; set; }

    public string Style { get; set; } = "";
}
