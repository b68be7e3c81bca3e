using FeatureTransfer.Onnx.Kernels.Integers;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Fusion;

/// <summary>Average pools of bytes against their definition in double precision, and against ONNX Runtime's own.</summary>
[TestFixture]
internal sealed class QuantizedPoolTests : IntegerFixture
{
    private const int Batch = 2;
    private const float InputScale = 0.03f;

    // ONNX Runtime sums floats, so that what lies between two bytes may go the other way.
    private const double Tie = 1e-3;

    // Channels that fill groups of thirty-two and that do not, windows that lie in the padding in part, and the largest.
    [TestCase(32, 9, 7, 3, 3, 1, 1, "1,1,1,1", false, 0, 0)]
    [TestCase(70, 8, 8, 3, 3, 1, 1, "1,1,1,1", true, 17, 200)]
    [TestCase(5, 10, 11, 2, 3, 2, 1, "0,1,1,0", false, 128, 3)]
    [TestCase(96, 12, 12, 5, 2, 1, 3, "2,0,2,1", true, 255, 128)]
    [TestCase(40, 16, 20, 15, 17, 1, 2, "0,0,0,0", false, 100, 90)]
    [TestCase(33, 3, 2, 3, 2, 1, 1, "0,0,0,0", false, 4, 0)]
    public void Rewrite_AveragePool_IsTheNearestByte(int channels, int height, int width, int rows, int columns, int down, int across, string pads, bool countsPadding, int inputZero, int outputZero)
    {
        var pool = new Pool(rows, columns, down, across, [.. pads.Split(',').Select(int.Parse)], countsPadding, (byte)inputZero, (byte)outputZero, 0.021f);
        Assert.That(QuantizedGraph.Operators(pool.Graph()), Is.EqualTo(new[] { IntegerAveragePool.OperatorName }));
        var values = QuantizedGraph.Bytes(Batch * height * width * channels);
        long[] shape = [Batch, height, width, channels];
        var exact = pool.Exact(values, height, width, channels);
        var own = QuantizedGraph.Run(pool.Graph(), isRewritten: true, 1, values, shape);
        var theirs = QuantizedGraph.Run(pool.Graph(), isRewritten: false, 1, values, shape);
        Assert.That(own, Has.Length.EqualTo(exact.Length));
        for (var i = 0; i < own.Length; i++)
        {
            Assert.That(Math.Abs(own[i] - exact[i]), Is.LessThan(0.5 + Tie), $"byte {i}");
            if (own[i] != theirs[i])
                Assert.That(Math.Abs(Math.Abs(exact[i] - Math.Floor(exact[i])) - 0.5), Is.LessThan(Tie), $"byte {i}");
        }

        Assert.That(QuantizedGraph.Run(pool.Graph(), isRewritten: true, 2, values, shape), Is.EqualTo(own));
    }

    [TestCase("SAME_UPPER")]
    [TestCase("VALID")]
    public void Rewrite_PaddingByName_IsRead(string padding)
    {
        var pool = new Pool(3, 3, 1, 1, [], false, 0, 0, 0.05f) { AutoPad = padding };
        var values = QuantizedGraph.Bytes(6 * 6 * 32);
        Assert.That(QuantizedGraph.Run(pool.Graph(), isRewritten: true, 1, values, 1, 6, 6, 32), Is.EqualTo(QuantizedGraph.Run(pool.Graph(), isRewritten: false, 1, values, 1, 6, 6, 32)).Within(1));
        Assert.That(QuantizedGraph.Operators(pool.Graph()), Is.EqualTo(new[] { IntegerAveragePool.OperatorName }));
    }

    [Test]
    public void Rewrite_MeansBeyondABytesRange_AreCutOff()
    {
        var pool = new Pool(2, 2, 1, 1, [0, 0, 0, 0], false, 128, 100, 1e-5f);
        var values = QuantizedGraph.Bytes(8 * 8 * 40);
        var own = QuantizedGraph.Run(pool.Graph(), isRewritten: true, 1, values, 1, 8, 8, 40);
        Assert.That(own, Has.Some.EqualTo(0).And.Some.EqualTo(255));
        Assert.That(own, Is.EqualTo(QuantizedGraph.Run(pool.Graph(), isRewritten: false, 1, values, 1, 8, 8, 40)));
    }

    [Test]
    public void Rewrite_AnotherPool_Stays()
    {
        var plain = new Pool(3, 3, 1, 1, [0, 0, 0, 0], false, 0, 0, 0.05f);
        Pool[] others = [plain with { ChannelsLast = 0 }, plain with { CeilMode = 1 }, plain with { Rows = 16, Columns = 17 }, plain with { AutoPad = "SAME_UPPER", Down = 2, Across = 2 }];
        Assert.That(others.Select(other => string.Join(' ', QuantizedGraph.Operators(other.Graph()))), Is.All.EqualTo("QLinearAveragePool"));
    }

    private sealed record Pool(int Rows, int Columns, int Down, int Across, int[] Pads, bool CountsPadding, byte InputZero, byte OutputZero, float OutputScale)
    {
        public string? AutoPad { get; init; }

        public int ChannelsLast { get; init; } = 1;

        public int CeilMode { get; init; }

        public GraphProto Graph()
        {
            var builder = QuantizedGraph.Start();
            string[] inputs =
            [
                "x", builder.Constant("input_scale", [InputScale]), builder.Constant("input_zero", [InputZero]), builder.Constant("output_scale", [OutputScale]), builder.Constant("output_zero", [OutputZero]),
            ];
            return QuantizedGraph.End(
                builder, "QLinearAveragePool", inputs, GraphBuilder.Ints("kernel_shape", Rows, Columns), GraphBuilder.Ints("strides", Down, Across), GraphBuilder.Int("channels_last", ChannelsLast),
                GraphBuilder.Int("count_include_pad", CountsPadding ? 1 : 0), GraphBuilder.Int("ceil_mode", CeilMode),
                AutoPad is null ? GraphBuilder.Ints("pads", [.. Pads.Select(pad => (long)pad)]) : GraphBuilder.Text("auto_pad", AutoPad));
        }

        // The mean as the output counts, before it is rounded, within a byte's range.
        public double[] Exact(byte[] values, int height, int width, int channels)
        {
            var (outputRows, outputColumns) = (((height + Pads[0] + Pads[2] - Rows) / Down) + 1, ((width + Pads[1] + Pads[3] - Columns) / Across) + 1);
            var means = new double[Batch * outputRows * outputColumns * channels];
            for (var i = 0; i < means.Length; i++)
            {
                var (pixel, channel) = Math.DivRem(i, channels);
                var (rest, column) = Math.DivRem(pixel, outputColumns);
                var (image, row) = Math.DivRem(rest, outputRows);
                var (sum, count) = (0.0, 0);
                for (var tap = 0; tap < Rows * Columns; tap++)
                {
                    var (y, x) = ((row * Down) - Pads[0] + (tap / Columns), (column * Across) - Pads[1] + (tap % Columns));
                    if (y < 0 || y >= height || x < 0 || x >= width)
                        continue;
                    sum += values[(((((image * height) + y) * width) + x) * channels) + channel] - InputZero;
                    count++;
                }

                var mean = sum / (CountsPadding ? Rows * Columns : count);
                means[i] = Math.Clamp((mean * InputScale / OutputScale) + OutputZero, byte.MinValue, byte.MaxValue);
            }

            return means;
        }
    }
}
