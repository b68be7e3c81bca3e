using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Benchmarks;

/// <summary>
/// (height, width, 3) bytes to (3, height, width) floats against the memory's speed on one core. All move as many bytes: 3 read and
/// 12 written a pixel, over a batch of 64 images that no cache holds, so times compare as bandwidths do.
/// </summary>
public class PixelScalingBenchmarks
{
    private const int Images = 64, Height = 224, Width = 224, Area = Height * Width, Pixels = Images * Area;

    // What goes through memory for one pixel: its three bytes are read, its three floats written.
    private const int BytesAPixel = 3 + (3 * sizeof(float));

    private readonly byte[] _pixels = new byte[Pixels * 3];
    private readonly Memory<float> _tensor = Aligned(Pixels * 3);
    private readonly byte[] _from = new byte[Pixels * BytesAPixel / 2];
    private readonly byte[] _to = new byte[Pixels * BytesAPixel / 2];
    private readonly PixelScaler _unit = new(new ImagePreprocessing());
    private readonly PixelScaler _imageNet = new(new ImagePreprocessing { Mean = [0.485f, 0.456f, 0.406f], Std = [0.229f, 0.224f, 0.225f] });
    private readonly PixelScaler _interleaved = new(new ImagePreprocessing { Layout = TensorLayout.Nhwc, Channels = ChannelOrder.Bgr });

    public PixelScalingBenchmarks()
    {
        new Random(1).NextBytes(_pixels);
        new Random(2).NextBytes(_from);
    }

    /// <summary>The memory's speed: half of the bytes read, half written.</summary>
    [Benchmark(Baseline = true)]
    public void Copy() => _from.CopyTo(_to.AsSpan());

    [Benchmark]
    public void Fill() => _tensor.Span.Fill(1);

    [Benchmark]
    public void ToPlanes() => Scale(_unit);

    [Benchmark]
    public void ToPlanesWithMeanAndStd() => Scale(_imageNet);

    [Benchmark]
    public void ToRowsBgr() => Scale(_interleaved);

    private void Scale(PixelScaler scaler)
    {
        for (var image = 0; image < Images; image++)
            scaler.Scale(_pixels.AsSpan(image * Area * 3, Area * 3), _tensor.Span.Slice(image * Area * 3, Area * 3));
    }

    // As batches are: pinned, and starting where a cache line does.
    private static Memory<float> Aligned(int length)
    {
        const int Line = 64 / sizeof(float);
        var array = GC.AllocateArray<float>(length + Line, pinned: true);
        var into = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) / sizeof(float) % Line);
        return array.AsMemory((Line - into) % Line, length);
    }
}
