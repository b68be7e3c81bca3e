using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>A product of pixels by weights: each pixel's numbers lie at the same distances from its place.</summary>
/// <typeparam name="TSpacing">How far apart the pixels lie.</typeparam>
/// <param name="weights">The weights, in panels.</param>
/// <param name="offsets">Where a pixel's numbers lie, from its place.</param>
internal readonly unsafe ref struct PixelProduct<TSpacing>(PanelWeights weights, ReadOnlySpan<int> offsets)
    where TSpacing : struct, ISpacing
{
    // With three blocks of outputs, as many sums as there are registers.
    private const int Tile = 7;
    private const int Lanes = LaneLayout.Lanes;
    private readonly ReadOnlySpan<int> _offsets = offsets;

    /// <summary>Computes one panel's channels of pixels that follow each other.</summary>
    /// <param name="channel">The panel's first channel.</param>
    /// <param name="from">The first pixel.</param>
    /// <param name="pixels">How many.</param>
    /// <param name="target">Takes all channels of these pixels.</param>
    [MethodImpl(Compiled.AtOnce)]
    public void Compute(int channel, float* from, int pixels, LaneTarget target)
    {
        target = target.At(0, channel / Lanes);
        switch (Math.Min(weights.Outputs - channel, PanelWeights.Width) / Lanes)
        {
            case 3:
                Compute<LaneRow3>(channel, from, pixels, target);
                break;
            case 2:
                Compute<LaneRow2>(channel, from, pixels, target);
                break;
            default:
                Compute<LaneRow1>(channel, from, pixels, target);
                break;
        }
    }

    // What is left over at the end is computed together with pixels before it a second time.
    [MethodImpl(Compiled.AtOnce)]
    private void Compute<TRow>(int channel, float* from, int pixels, LaneTarget target)
        where TRow : struct, ILaneRow<TRow>
    {
        var panel = weights.Panels + ((nint)_offsets.Length * channel);
        var bias = weights.Bias + channel;
        fixed (int* offsets = _offsets)
        {
            if (pixels < Tile)
                ComputeEach<TRow>(from, offsets, _offsets.Length, panel, bias, pixels, target);
            for (var pixel = 0; pixels >= Tile && pixel < pixels; pixel += Tile)
            {
                var first = Math.Min(pixel, pixels - Tile);
                ComputeSeven<TRow>(from + (first * TSpacing.Floats), offsets, _offsets.Length, panel, bias, target.At(first, 0));
            }
        }
    }

    // Within another method there would be fewer registers for it.
    [MethodImpl(Compiled.AtOnce | MethodImplOptions.NoInlining)]
    private static void ComputeSeven<TRow>(float* from, int* offsets, int inputs, float* panel, float* bias, LaneTarget target)
        where TRow : struct, ILaneRow<TRow>
    {
        var row0 = TRow.Load(bias, Lanes);
        var (row1, row2, row3, row4, row5, row6) = (row0, row0, row0, row0, row0, row0);
        for (var end = offsets + inputs; offsets < end; offsets++, panel += TRow.Blocks * Lanes)
        {
            var weights = TRow.Load(panel, Lanes);
            var value = from + *offsets;
            row0 = row0.Plus(value[0], weights);
            row1 = row1.Plus(value[TSpacing.Floats], weights);
            row2 = row2.Plus(value[2 * TSpacing.Floats], weights);
            row3 = row3.Plus(value[3 * TSpacing.Floats], weights);
            row4 = row4.Plus(value[4 * TSpacing.Floats], weights);
            row5 = row5.Plus(value[5 * TSpacing.Floats], weights);
            row6 = row6.Plus(value[6 * TSpacing.Floats], weights);
        }

        var (low, high) = (Vector512.Create(target.Bounds.Low), Vector512.Create(target.Bounds.High));
        var to = new Place((float*)target.Data, target.Step, (float*)target.Added, target.AddedStep);
        to.Write(row0.Within(low, high), 0);
        to.Write(row1.Within(low, high), Lanes);
        to.Write(row2.Within(low, high), 2 * Lanes);
        to.Write(row3.Within(low, high), 3 * Lanes);
        to.Write(row4.Within(low, high), 4 * Lanes);
        to.Write(row5.Within(low, high), 5 * Lanes);
        to.Write(row6.Within(low, high), 6 * Lanes);
    }

    [MethodImpl(Compiled.AtOnce | MethodImplOptions.NoInlining)]
    private static void ComputeEach<TRow>(float* from, int* offsets, int inputs, float* panel, float* bias, int pixels, LaneTarget target)
        where TRow : struct, ILaneRow<TRow>
    {
        var (low, high) = (Vector512.Create(target.Bounds.Low), Vector512.Create(target.Bounds.High));
        var to = new Place((float*)target.Data, target.Step, (float*)target.Added, target.AddedStep);
        for (var pixel = 0; pixel < pixels; pixel++, from += TSpacing.Floats)
        {
            var row = TRow.Load(bias, Lanes);
            for (var input = 0; input < inputs; input++)
                row = row.Plus(from[offsets[input]], TRow.Load(panel + (input * TRow.Blocks * Lanes), Lanes));
            to.Write(row.Within(low, high), pixel * Lanes);
        }
    }

    /// <summary>What a <see cref="LaneTarget"/> says, in so few fields that the compiler keeps them in registers.</summary>
    [method: MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly struct Place(float* to, nint step, float* added, nint addedStep)
    {
        private readonly float* _to = to;
        private readonly float* _added = added;
        private readonly nint _step = step;
        private readonly nint _addedStep = addedStep;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Write<TRow>(TRow row, int at)
            where TRow : struct, ILaneRow<TRow>
        {
            if (_added is not null)
                row = row.Plus(TRow.Load(_added + at, _addedStep));
            row.Store(_to + at, _step);
        }
    }
}
