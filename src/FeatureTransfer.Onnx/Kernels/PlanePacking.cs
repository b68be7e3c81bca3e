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
        var (stride, before) = (geometry.Attributes.Width.Stride, geometry.Attributes.Width.Before);
        for (var phase = 0; phase < stride; phase++)
        {
            var plane = line[(phase * geometry.Spacing)..];
            var first = FirstColumn(stride, before, phase);
            var place = (first + before) / stride;
            var done = stride == 2 && first < values.Length && place < geometry.Pitch ? Interleaving.EverySecond(values[first..], plane[place..geometry.Pitch]) : 0;
            for (var column = first + (done * stride); column < values.Length && place + done < geometry.Pitch; column += stride, done++)
                plane[place + done] = values[column];
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Together(PlaneGeometry geometry, ReadOnlySpan<float> line, Span<float> values)
    {
        var (stride, before) = (geometry.Attributes.Width.Stride, geometry.Attributes.Width.Before);
        var column = stride == 2 ? Interleaving.Merge(Place(geometry, line, before), Place(geometry, line, before + 1), values) : 0;
        for (; column < values.Length; column++)
        {
            var (place, phase) = Math.DivRem(column + before, stride);
            values[column] = place < geometry.Pitch ? line[(phase * geometry.Spacing) + place] : 0;
        }
    }

    // The rest of a plane's row from the element on that holds a padded column.
    [MethodImpl(Compiled.AtOnce)]
    private static ReadOnlySpan<float> Place(PlaneGeometry geometry, ReadOnlySpan<float> line, int padded)
    {
        var (place, phase) = Math.DivRem(padded, geometry.Attributes.Width.Stride);
        return place >= geometry.Pitch ? default : line.Slice((phase * geometry.Spacing) + place, geometry.Pitch - place);
    }

    // The first column of the input that this step's plane holds.
    [MethodImpl(Compiled.AtOnce)]
    private static int FirstColumn(int stride, int before, int phase) => (((phase - before) % stride) + stride) % stride;
}
