using System.Runtime.CompilerServices;

namespace FeatureTransfer.Onnx;

/// <summary>How loops over tensors and pixels are compiled.</summary>
internal static class Compiled
{
    /// <summary>
    /// In full, at the first call. Otherwise the runtime compiles a method in a hurry and again when it has been called often, and the first images and
    /// training steps of a process take several times as long.
    /// </summary>
    public const MethodImplOptions AtOnce = MethodImplOptions.AggressiveOptimization;
}
