namespace FeatureTransfer.Onnx.Quantization;

/// <summary>
/// Gives a first convolution of stride two blocks of two by two pixels as channels, so that it becomes one of stride one over a quarter of the places.
/// ONNX Runtime has integer kernels for channels by fours; of an image's three it copies every pixel of every window by itself.
/// </summary>
internal static class PixelBlocks
{
    private const int Side = 2;
    private const int ChannelsOfKernels = 4;

    /// <summary>Rewrites the first convolution, where it is such a one; it gives the same numbers.</summary>
    /// <param name="graph">A graph with one input of images (batch, channels, height, width); it is changed.</param>
    public static void Gather(GraphProto graph)
    {
        if (graph.Input is not [var input] || Sizes(input) is not [_, var channels, var height, var width] || channels % ChannelsOfKernels == 0)
            return;
        var weights = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        if (graph.Node.FirstOrDefault(node => node.Input.Contains(input.Name)) is not { OpType: "Conv" } first || ProductNode.Of(first, weights) is not { Weight: { Dims: [_, _, _, _] } weight })
            return;
        var (rows, columns) = (BlockAxis.Of(first, 0, weight.Dims[2], height), BlockAxis.Of(first, 1, weight.Dims[3], width));
        if (rows is null || columns is null)
            return;
        var builder = new GraphBuilder(graph);
        var others = graph.Node.ToList();
        graph.Node.Clear();
        var pixels = Even(builder, input.Name, height % Side, width % Side);
        Replace(builder, first, weight, rows, columns, builder.Node("SpaceToDepth", builder.Unused($"{input.Name}/blocks"), [pixels], GraphBuilder.Int("blocksize", Side)));
        graph.Node.AddRange(others);
        UnusedWeights.Drop(graph);
    }

    // What is added is zero, as is the padding that a window may have there.
    private static string Even(GraphBuilder builder, string input, long rows, long columns) => rows + columns == 0
        ? input
        : builder.Node("Pad", builder.Unused($"{input}/even"), [input, builder.Constant($"{input}/even/pads", [0L, 0, 0, 0, 0, 0, rows, columns], 8)]);

    private static void Replace(GraphBuilder builder, NodeProto node, TensorProto weight, BlockAxis rows, BlockAxis columns, string blocks)
    {
        var (outputs, channels) = ((int)weight.Dims[0], (int)weight.Dims[1]);
        var (from, to) = (FloatTensors.Read(weight), new float[outputs * Side * Side * channels * rows.Blocks * columns.Blocks]);
        for (var i = 0; i < from.Length; i++)
        {
            var (rest, x) = Math.DivRem(i, (int)weight.Dims[3]);
            (rest, var y) = Math.DivRem(rest, (int)weight.Dims[2]);
            var (output, channel) = Math.DivRem(rest, channels);
            var (row, column) = (rows.Place(y), columns.Place(x));
            var place = (((row.Within * Side) + column.Within) * channels) + channel;
            to[(((((output * Side * Side * channels) + place) * rows.Blocks) + row.Block) * columns.Blocks) + column.Block] = from[i];
        }

        node.Input[0] = blocks;
        node.Input[1] = builder.Constant(builder.Unused($"{weight.Name}/blocks"), to, outputs, Side * Side * channels, rows.Blocks, columns.Blocks);
        foreach (var name in new[] { "kernel_shape", "strides", "pads", "auto_pad" })
            node.Take(name);
        node.Attribute.Add(GraphBuilder.Ints("kernel_shape", rows.Blocks, columns.Blocks));
        node.Attribute.Add(GraphBuilder.Ints("pads", rows.Before, columns.Before, rows.After, columns.After));
    }

    private static long[]? Sizes(ValueInfoProto input) => input.Type?.TensorType?.Shape?.Dim is { Count: 4 } sizes && sizes.Skip(1).All(size => size.HasDimValue && size.DimValue > 0)
        ? [.. sizes.Select(size => size.DimValue)]
        : null;

    /// <summary>One axis of the convolution, in blocks.</summary>
    /// <param name="Shift">Pixels between the start of a window's first block and that of the window.</param>
    /// <param name="Blocks">How many blocks a window spans.</param>
    /// <param name="Before">Padding before the blocks of the input.</param>
    /// <param name="After">Padding behind them.</param>
    private sealed record BlockAxis(int Shift, int Blocks, int Before, int After)
    {
        /// <summary>The axis of a convolution; null where it cannot be had in blocks, or leaves the last one out.</summary>
        public static BlockAxis? Of(NodeProto node, int axis, long kernel, long size)
        {
            if (node.Int("group", 1) != 1 || node.Ints("strides") is not [Side, Side] || node.Ints("dilations") is not (null or [1, 1]))
                return null;
            var (first, last) = Pads(node, axis, Math.Max(0, kernel - (size % Side == 0 ? Side : 1)));
            var shift = first % Side;
            var blocks = (kernel + shift + Side - 1) / Side;
            var before = (first + shift) / Side;
            var windows = ((size + first + last - kernel) / Side) + 1;
            var after = windows - 1 + blocks - before - ((size + Side - 1) / Side);
            return after >= 0 ? new BlockAxis((int)shift, (int)blocks, (int)before, (int)after) : null;
        }

        // "Same" padding is what the windows are longer than their stride, or, where the last one begins at the last pixel, than that.
        private static (long Before, long After) Pads(NodeProto node, int axis, long same) => node.Text("auto_pad", "NOTSET") switch
        {
            "SAME_UPPER" => (same / 2, same - (same / 2)),
            "SAME_LOWER" => (same - (same / 2), same / 2),
            _ => node.Ints("pads") is { } pads ? (pads[axis], pads[axis + 2]) : (0, 0),
        };

        /// <summary>Where a weight of a window comes to lie.</summary>
        public (int Block, int Within) Place(int tap) => Math.DivRem(tap + Shift, Side);
    }
}
