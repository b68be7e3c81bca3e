using System.Runtime.CompilerServices;

namespace FeatureTransfer.Onnx.Kernels.Integers;

/// <summary>Computes some rows of an image, thirty-two channels at a time.</summary>
/// <param name="sizes">What is computed.</param>
/// <param name="image">The image.</param>
/// <param name="padding">A row of padding.</param>
/// <param name="to">Takes the result.</param>
internal readonly unsafe struct IntegerBand(IntegerSizes sizes, byte* image, byte* padding, byte* to)
{
    private readonly byte* _padding = padding;

    /// <summary>Computes a group of channels.</summary>
    /// <param name="group">Its constants.</param>
    /// <param name="channel">Its first channel.</param>
    /// <param name="row">The first row.</param>
    /// <param name="end">The row behind the last.</param>
    public void Compute(in IntegerGroup group, int channel, int row, int end)
    {
        if (sizes.Window.Stride == 1)
            Adjacent(group, channel, row, end);
        else
            Apart(group, channel, row, end);
    }

    // Each column is read once: it belongs to three windows. All constants stay in registers.
    [MethodImpl(Compiled.AtOnce | MethodImplOptions.NoInlining)]
    private void Adjacent(in IntegerGroup group, int channel, int row, int end)
    {
        var (left, centre, right, bias) = (group.Left, group.Centre, group.Right, group.Bias);
        var scaling = group.Scaling(sizes.Window.OutputZero);
        var (step, outputs, first) = (sizes.Channels, sizes.OutputColumns, -sizes.Window.Left);
        for (; row < end; row++)
        {
            var rows = Rows(row, channel);
            var target = Target(row, channel);
            var column = rows.Column(first);
            var sum = bias.Plus(column, left);
            column = rows.Column(first + 1);
            sum = sum.Plus(column, centre);
            var next = bias.Plus(column, left);
            for (var output = 0; output < outputs; output++, target += step)
            {
                column = rows.Column(first + 2 + output);
                sum.Plus(column, right).Store(scaling, target);
                sum = next.Plus(column, centre);
                next = bias.Plus(column, left);
            }
        }
    }

    // A window's last column is the first of the next.
    [MethodImpl(Compiled.AtOnce | MethodImplOptions.NoInlining)]
    private void Apart(in IntegerGroup group, int channel, int row, int end)
    {
        var (left, centre, right, bias) = (group.Left, group.Centre, group.Right, group.Bias);
        var scaling = group.Scaling(sizes.Window.OutputZero);
        var (step, outputs, first) = (sizes.Channels, sizes.OutputColumns, -sizes.Window.Left);
        for (; row < end; row++)
        {
            var rows = Rows(row, channel);
            var target = Target(row, channel);
            var sum = bias.Plus(rows.Column(first), left);
            for (var output = 0; output < outputs; output++, target += step)
            {
                sum = sum.Plus(rows.Column(first + (2 * output) + 1), centre);
                var column = rows.Column(first + (2 * output) + 2);
                sum.Plus(column, right).Store(scaling, target);
                sum = bias.Plus(column, left);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private IntegerRows Rows(int row, int channel)
    {
        var first = (row * sizes.Window.Stride) - sizes.Window.Top;
        return new(Row(first, channel), Row(first + 1, channel), Row(first + 2, channel), _padding, sizes.Columns, sizes.Channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* Row(int row, int channel) => (uint)row < (uint)sizes.Rows ? image + ((nint)row * sizes.RowLength) + channel : _padding;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* Target(int row, int channel) => to + ((nint)row * sizes.OutputColumns * sizes.Channels) + channel;
}
