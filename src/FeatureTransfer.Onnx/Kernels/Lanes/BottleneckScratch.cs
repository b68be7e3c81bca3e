using System.Runtime.InteropServices;

namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>A thread's memory for bottlenecks, and which rows it holds: a thread that goes on with the next strip of an image has its first rows already.</summary>
internal sealed unsafe class BottleneckScratch
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static BottleneckScratch? _own;

    private float[] _memory = [];
    private object? _run;
    private int _image;

    /// <summary>Widened rows.</summary>
    public float* Held { get; private set; }

    /// <summary>What the depthwise convolution gives.</summary>
    public float* Middle { get; private set; }

    /// <summary>The first row that is not held; those before it are, as many as fit.</summary>
    public int NextRow { get; set; }

    /// <summary>The calling thread's memory.</summary>
    /// <param name="sizes">Of what is computed.</param>
    /// <param name="run">Another object for each run of an operator.</param>
    /// <param name="image">Which of its images.</param>
    public static BottleneckScratch Of(BottleneckSizes sizes, object run, int image)
    {
        var scratch = _own ??= new BottleneckScratch();
        if (scratch._run == run && scratch._image == image)
            return scratch;
        (scratch._run, scratch._image, scratch.NextRow) = (run, image, int.MinValue);
        scratch.Divide(sizes.HeldLength, sizes.MiddleLength);
        return scratch;
    }

    private void Divide(int held, int middle)
    {
        if (_memory.Length < held + middle + (Alignment / sizeof(float)))
            _memory = GC.AllocateUninitializedArray<float>(held + middle + (Alignment / sizeof(float)), pinned: true);
        var first = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);
        Held = (float*)((first + Alignment - 1) & -Alignment);
        Middle = Held + held;
    }
}
