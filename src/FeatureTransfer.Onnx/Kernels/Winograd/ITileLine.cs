using System.Numerics;

namespace FeatureTransfer.Onnx.Kernels.Winograd;

/// <summary>A small matrix that is applied to the columns and then to the rows of tiles, many tiles at a time.</summary>
internal interface ITileLine
{
    /// <summary>Elements that it reads, at most four.</summary>
    static abstract int From { get; }

    /// <summary>Elements that it computes, at most four.</summary>
    static abstract int To { get; }

    /// <summary>The product with the elements of a line; what is not read or computed is anything.</summary>
    static abstract (Vector<float> First, Vector<float> Second, Vector<float> Third, Vector<float> Fourth) Apply(
        Vector<float> first, Vector<float> second, Vector<float> third, Vector<float> fourth);
}
