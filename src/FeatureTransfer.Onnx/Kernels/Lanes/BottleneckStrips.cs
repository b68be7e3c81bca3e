using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>Computes strips of one image.</summary>
/// <param name="sizes">What is computed.</param>
/// <param name="weights">The weights.</param>
/// <param name="from">The image.</param>
/// <param name="to">Takes the result.</param>
/// <param name="scratch">The thread's memory.</param>
internal readonly unsafe ref struct BottleneckStrips(BottleneckSizes sizes, float* weights, float* from, float* to, BottleneckScratch scratch)
{
    private const int Lanes = LaneLayout.Lanes;
    private const int PanelBlocks = PanelWeights.Width / Lanes;
    private readonly Bottleneck _bottleneck = sizes.Bottleneck;
    private readonly int _blocks = sizes.Bottleneck.Filled / Lanes;
    private readonly float* _weights = weights;
    private readonly float* _from = from;
    private readonly float* _to = to;

    /// <summary>What is added to the result; null where nothing is.</summary>
    public float* Added { get; init; }

    private PanelWeights Widening => new(_weights + Bottleneck.WidenAt, _weights + _bottleneck.WidenBiasAt, _bottleneck.Filled);

    private PanelWeights Projection => new(_weights + _bottleneck.ProjectAt, _weights + _bottleneck.ProjectBiasAt, LaneLayout.Filled(_bottleneck.Outputs));

    /// <summary>Computes a strip.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public void Compute(int strip)
    {
        var end = Math.Min(sizes.OutputRows, (strip + 1) * sizes.StripRows);
        for (var row = strip * sizes.StripRows; row < end; row += sizes.RowsAtOnce)
        {
            var rows = Math.Min(sizes.RowsAtOnce, end - row);
            Filter(row, rows);
            Project(row, rows);
        }
    }

    // Panel by panel, so that the widened rows of one are still in the nearest cache when they are filtered.
    [MethodImpl(Compiled.AtOnce)]
    private void Filter(int row, int rows)
    {
        var (begin, end) = Missing((row * _bottleneck.Stride) - _bottleneck.Top, ((rows - 1) * _bottleneck.Stride) + Bottleneck.Window);
        for (var held = begin; held < end; held++)
            Clear(Held(held), isPadding: held < 0 || held >= sizes.Rows);
        var (first, last) = (Math.Max(begin, 0), Math.Min(end, sizes.Rows));
        if (sizes.Windows is { } windows)
            Look(windows, first, last);
        for (var block = 0; block < _blocks; block += PanelBlocks)
        {
            var endBlock = Math.Min(_blocks, block + PanelBlocks);
            if (_bottleneck.Widened == 0)
                Copy(block, endBlock, first, last);
            else if (sizes.Windows is null)
                Widen(block, first, last);
            for (var i = 0; i < rows; i++)
                Filter(block, endBlock, row + i, i);
        }
    }

    // Of the rows that are needed, those that are not held.
    private (int Begin, int End) Missing(int first, int count)
    {
        var begin = scratch.NextRow >= first && scratch.NextRow <= first + count ? scratch.NextRow : first;
        scratch.NextRow = first + count;
        return (begin, first + count);
    }

    // Rows have places that come again, so that those that windows share stay where they are.
    private float* Held(int row) => scratch.Held + ((row + sizes.HeldRows) % sizes.HeldRows * sizes.HeldRow);

    private LaneTarget Target(int row) => new((nint)(Held(row) + Lanes), sizes.HeldStep, BoundsOf(0));

    private Bounds BoundsOf(int convolution) => new(_weights[2 * convolution], _weights[(2 * convolution) + 1]);

    [MethodImpl(Compiled.AtOnce)]
    private void Clear(float* row, bool isPadding)
    {
        for (var block = 0; block < _blocks; block++, row += sizes.HeldStep)
        {
            if (isPadding)
                new Span<float>(row, sizes.HeldRow).Clear();
            Vector512<float>.Zero.Store(row);
            Vector512<float>.Zero.Store(row + sizes.HeldRow - Lanes);
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    private void Look(ImageWindows windows, int first, int end)
    {
        for (var row = first; row < end; row++)
            windows.Compute(_from, row, Widening, Target(row));
    }

    [MethodImpl(Compiled.AtOnce)]
    private void Widen(int block, int first, int end)
    {
        var product = new PixelProduct<LaneSpacing>(Widening, sizes.InputOffsets);
        for (var row = first; row < end; row++)
            product.Compute(block * Lanes, _from + ((nint)row * sizes.Columns * Lanes), sizes.Columns, Target(row));
    }

    [MethodImpl(Compiled.AtOnce)]
    private void Copy(int block, int endBlock, int first, int end)
    {
        for (var row = first; row < end; row++)
        {
            for (var i = block; i < endBlock; i++)
            {
                var pixels = new ReadOnlySpan<float>(_from + (i * sizes.InputStep) + ((nint)row * sizes.Columns * Lanes), sizes.Columns * Lanes);
                pixels.CopyTo(new Span<float>(Held(row) + (i * sizes.HeldStep) + Lanes, pixels.Length));
            }
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    private void Filter(int block, int endBlock, int outputRow, int place)
    {
        const int Taps = Bottleneck.Window * Bottleneck.Window;
        var row = (outputRow * _bottleneck.Stride) - _bottleneck.Top;
        var skipped = (1 - _bottleneck.Left) * Lanes;
        var upper = Held(row) + skipped;
        var middle = Held(row + 1) + skipped;
        var lower = Held(row + 2) + skipped;
        var to = scratch.Middle + ((nint)place * sizes.OutputColumns * Lanes);
        for (var i = block; i < endBlock; i++)
        {
            var line = new DepthwiseLine(_weights + _bottleneck.DepthwiseAt + (i * Taps * Lanes), _weights + _bottleneck.DepthwiseBiasAt + (i * Lanes), BoundsOf(1));
            line.Compute(upper + (i * sizes.HeldStep), middle + (i * sizes.HeldStep), lower + (i * sizes.HeldStep), _bottleneck.Stride, sizes.OutputColumns, to + (i * sizes.MiddleStep));
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    private void Project(int row, int rows)
    {
        var weights = Projection;
        var product = new PixelProduct<LaneSpacing>(weights, sizes.MiddleOffsets);
        var pixel = (nint)row * sizes.OutputColumns * Lanes;
        var target = new LaneTarget((nint)(_to + pixel), sizes.OutputStep, BoundsOf(2), Added is null ? 0 : (nint)(Added + pixel), sizes.OutputStep);
        for (var channel = 0; channel < weights.Outputs; channel += PanelWeights.Width)
            product.Compute(channel, scratch.Middle, rows * sizes.OutputColumns, target);
    }
}
