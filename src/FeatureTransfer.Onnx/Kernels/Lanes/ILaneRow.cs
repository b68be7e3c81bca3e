using System.Runtime.Intrinsics;

namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>Sums of one pixel, of some blocks of channels, that stay in registers. Implementations differ in how many blocks; the compiler makes a loop of each.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal unsafe interface ILaneRow<TSelf>
    where TSelf : struct, ILaneRow<TSelf>
{
    /// <summary>How many blocks.</summary>
    static abstract int Blocks { get; }

    /// <summary>Reads a pixel whose blocks are so many floats apart.</summary>
    static abstract TSelf Load(float* from, nint step);

    /// <summary>Adds a multiple of others.</summary>
    TSelf Plus(float factor, TSelf others);

    /// <summary>Adds others.</summary>
    TSelf Plus(TSelf others);

    /// <summary>Cuts off what is beyond bounds.</summary>
    TSelf Within(Vector512<float> low, Vector512<float> high);

    /// <summary>Writes a pixel whose blocks are so many floats apart.</summary>
    void Store(float* to, nint step);
}
