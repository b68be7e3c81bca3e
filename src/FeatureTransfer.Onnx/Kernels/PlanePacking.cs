using System.Runtime.CompilerServices;

namespace FeatureTransfer.Onnx.Kernels;

/// <summary>Moves images into planes and back (<see cref="PlaneGeometry"/>).</summary>
internal static class PlanePacking
{
    /// <summary>Deals an input out to the planes; what lies in the padding is left as it is, so the planes have to be zero there.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Deal(PlaneGeometry geometry, ReadOnlySpan<float> input, Span<float> planes)
    {
        for (var row = 0; row < geometry.Input.Rows; row++)
        {
            if (FirstPlane(geometry, row, planes) is not { Length: > 0 } line)
                continue;
            var values = input.Slice(row * geometry.Input.Columns, geometry.Input.Columns);
            if (geometry.Attributes.Width.Stride == 1)
                Whole(geometry, values, line);
            else
                Apart(geometry, values, line);
        }
    }

    /// <summary>Gathers an input from the planes; elements that no window reads become 0.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Gather(PlaneGeometry geometry, Span<float> planes, Span<float> input)
    {
        for (var row = 0; row < geometry.Input.Rows; row++)
        {
            var values = input.Slice(row * geometry.Input.Columns, geometry.Input.Columns);
            if (FirstPlane(geometry, row, planes) is not { Length: > 0 } line)
                values.Clear();
            else if (geometry.Attributes.Width.Stride == 1)
                Back(geometry, line, values);
            else
                Together(geometry, line, values);
        }
    }

    /// <summary>An output with its rows as long as those of planes, zeros between.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Widen(PlaneGeometry geometry, ReadOnlySpan<float> output, Span<float> wide)
    {
        var (rows, columns) = geometry.Output;
        for (var row = 0; row < rows; row++)
            RowCopy.Copy(output.Slice(row * columns, columns), wide[(row * geometry.Pitch)..]);
    }

    /// <summary>An output from rows as long as those of planes.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Narrow(PlaneGeometry geometry, ReadOnlySpan<float> wide, Span<float> output)
    {
        var (rows, columns) = geometry.Output;
        for (var row = 0; row < rows; row++)
            RowCopy.Copy(wide.Slice(row * geometry.Pitch, columns), output[(row * columns)..]);
    }

    // The row's place in the first plane of its step; those of the following columns' steps lie one spacing further each.
    [MethodImpl(Compiled.AtOnce)]
    private static Span<float> FirstPlane(PlaneGeometry geometry, int row, Span<float> planes)
    {
        var (place, phase) = Math.DivRem(row + geometry.Attributes.Height.Before, geometry.Attributes.Height.Stride);
        return place >= geometry.Rows ? default : planes[((phase * geometry.Attributes.Width.Stride * geometry.Spacing) + (place * geometry.Pitch))..];
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Whole(PlaneGeometry geometry, ReadOnlySpan<float> values, Span<float> line)
    {
        var before = geometry.Attributes.Width.Before;
        RowCopy.Copy(values[..Math.Min(values.Length, Math.Max(0, geometry.Pitch - before))], line[before..]);
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Back(PlaneGeometry geometry, ReadOnlySpan<float> line, Span<float> values)
    {
        var before = geometry.Attributes.Width.Before;
        var count = Math.Min(values.Length, Math.Max(0, geometry.Pitch - before));
        RowCopy.Copy(line.Slice(before, count), values);
        values[count..].Clear();
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Apart(PlaneGeometry geometry, ReadOnlySpan<float> values, Span<float> line)
    {
        var stride = geometry.Attributes.Width.Stride;
        if (stride == 2)
        {
            var first = Turn(geometry, line, 0);
            var second = Turn(geometry, line, 1);
            var done = Interleaving.Split(values, first, second);
            Take(values, 0, 2, done, first);
            Take(values, 1, 2, done, second);
            return;
        }

        for (var turn = 0; turn < stride; turn++)
            Take(values, turn, stride, 0, Turn(geometry, line, turn));
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Together(PlaneGeometry geometry, Span<float> line, Span<float> values)
    {
        var stride = geometry.Attributes.Width.Stride;
        if (stride == 2)
        {
            var first = Turn(geometry, line, 0);
            var second = Turn(geometry, line, 1);
            var done = Interleaving.Merge(first, second, values);
            Give(first, done / 2, values, 0, 2);
            Give(second, done / 2, values, 1, 2);
            return;
        }

        for (var turn = 0; turn < stride; turn++)
            Give(Turn(geometry, line, turn), 0, values, turn, stride);
    }

    // Where the first of the elements lies that take this turn in a row of the input; each following one lies behind it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Span<float> Turn(PlaneGeometry geometry, Span<float> line, int turn)
    {
        var (phase, place) = geometry.Turns[turn];
        return place >= geometry.Pitch ? default : line.Slice((phase * geometry.Spacing) + place, geometry.Pitch - place);
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Take(ReadOnlySpan<float> values, int first, int stride, int done, Span<float> plane)
    {
        for (int i = done, column = first + (done * stride); column < values.Length && i < plane.Length; i++, column += stride)
            plane[i] = values[column];
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Give(ReadOnlySpan<float> plane, int done, Span<float> values, int first, int stride)
    {
        for (int i = done, column = first + (done * stride); column < values.Length; i++, column += stride)
            values[column] = i < plane.Length ? plane[i] : 0;
    }
}
