using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace FeatureTransfer.Onnx.Kernels;

/// <summary>One channel of <see cref="Unrolled"/> and of its gradient.</summary>
internal static unsafe class UnrolledChannel
{
    /// <summary>The rows of a matrix that belong to a channel: for each tap the windows of all images.</summary>
    public static ChannelRows[] Matrix(PlaneGeometry geometry, float* first, int channel, long images)
    {
        var rows = new ChannelRows[geometry.Taps];
        for (var tap = 0; tap < rows.Length; tap++)
            rows[tap] = new ChannelRows(first + (((channel * (long)geometry.Taps) + tap) * images * geometry.Windows), (int)images, geometry.Windows, geometry.Windows);
        return rows;
    }

    /// <summary>Writes what each window reads.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Forward(PlaneGeometry geometry, ChannelRows input, ChannelRows[] matrix)
    {
        using var memory = new Scratch(geometry, geometry.Planes * geometry.Spacing, 0);
        var offsets = memory.OffsetsInPlanes();
        for (var image = 0; image < input.Images; image++)
        {
            PlanePacking.Deal(geometry, input[image], memory.First);
            for (var tap = 0; tap < offsets.Length; tap++)
                PlanePacking.Narrow(geometry, memory.First[offsets[tap]..], matrix[tap][image]);
        }
    }

    /// <summary>Sums what belongs to each element.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Backward(PlaneGeometry geometry, ChannelRows[] matrix, ChannelRows result)
    {
        using var memory = new Scratch(geometry, geometry.Planes * geometry.Spacing, geometry.Wide);
        var offsets = memory.OffsetsInPlanes();
        ReadOnlySpan<float> wide = memory.Second[..geometry.Wide];
        for (var image = 0; image < result.Images; image++)
        {
            memory.First[..(geometry.Planes * geometry.Spacing)].Clear();
            for (var tap = 0; tap < offsets.Length; tap++)
            {
                PlanePacking.Widen(geometry, matrix[tap][image], memory.Second);
                var plane = memory.First.Slice(offsets[tap], geometry.Wide);
                TensorPrimitives.Add(plane, wide, plane);
            }

            PlanePacking.Gather(geometry, memory.First, result[image]);
        }
    }
}
