using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Fusion;

/// <summary>One of ONNX Runtime's integer convolutions over images of bytes (batch, height, width, channels), as itself and rewritten.</summary>
internal sealed record QuantizedConvolution(int Channels)
{
    private const int WeightRange = 127;

    public int Stride { get; init; } = 1;

    public int Size { get; init; } = 3;

    public int Dilation { get; init; } = 1;

    public string Pads { get; init; } = "1,1,1,1";

    public string? AutoPad { get; init; }

    public byte InputZero { get; init; }

    public byte OutputZero { get; init; }

    public bool HasBias { get; init; } = true;

    public bool HasOneScale { get; init; }

    public bool IsGrouped { get; init; } = true;

    public bool HasChannelsLast { get; init; } = true;

    public int Bias { get; init; } = 20_000;

    public float OutputScale { get; init; } = 4;

    public sbyte WeightZero { get; init; }

    /// <summary>The operators of the rewritten graph.</summary>
    public List<string> Operators() => QuantizedGraph.Operators(Graph());

    /// <summary>What comes out, by ONNX Runtime's operator or by the rewritten graph.</summary>
    public byte[] Run(int batch, int height, int width, bool isRewritten, int threads = 1) =>
        QuantizedGraph.Run(Graph(), isRewritten, threads, QuantizedGraph.Bytes(batch * height * width * Channels), batch, height, width, Channels);

    private GraphProto Graph()
    {
        var random = new Random(9);
        var builder = QuantizedGraph.Start();
        var weights = new sbyte[Channels * (IsGrouped ? 1 : Channels) * Size * Size];
        foreach (ref var weight in weights.AsSpan())
            weight = (sbyte)random.Next(-WeightRange, WeightRange + 1);
        float[] scales = HasOneScale ? [0.02f] : [.. Enumerable.Range(0, Channels).Select(_ => 0.005f + (0.03f * random.NextSingle()))];
        List<string> inputs =
        [
            "x", builder.Constant("input_scale", [0.5f]), builder.Constant("input_zero", [InputZero]),
            builder.Constant("weights", weights, Channels, IsGrouped ? 1 : Channels, Size, Size), builder.Constant("weight_scales", scales, HasOneScale ? [] : [Channels]),
            builder.Constant("weight_zeros", [.. Enumerable.Repeat(WeightZero, scales.Length)], HasOneScale ? [] : [Channels]), builder.Constant("output_scale", [OutputScale]), builder.Constant("output_zero", [OutputZero]),
        ];
        if (HasBias)
            inputs.Add(builder.Constant("bias", [.. Enumerable.Range(0, Channels).Select(_ => random.Next(-Bias, Bias))], Channels));
        return QuantizedGraph.End(builder, "QLinearConv", inputs, [.. Attributes()]);
    }

    private IEnumerable<AttributeProto> Attributes()
    {
        yield return GraphBuilder.Ints("strides", Stride, Stride);
        yield return GraphBuilder.Ints("dilations", Dilation, Dilation);
        yield return GraphBuilder.Int("group", IsGrouped ? Channels : 1);
        yield return GraphBuilder.Int("channels_last", HasChannelsLast ? 1 : 0);
        if (AutoPad is not null)
            yield return GraphBuilder.Text("auto_pad", AutoPad);
        else
            yield return GraphBuilder.Ints("pads", [.. Pads.Split(',').Select(long.Parse)]);
    }
}
