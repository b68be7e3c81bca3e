using System.Runtime.InteropServices;
using FeatureTransfer.Onnx.Kernels.Images;
using FeatureTransfer.Onnx.Kernels.Integers;
using FeatureTransfer.Onnx.Kernels.Lanes;
using FeatureTransfer.Onnx.Kernels.Runtime;
using FeatureTransfer.Onnx.Kernels.Winograd;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Kernels;

/// <summary>
/// Operators of our own for ONNX Runtime's CPU: for what it does slowly while weights change with every step, and for bottlenecks of networks whose weights
/// stay. Graphs with them run in sessions whose options went through <see cref="AddTo"/>; of files, only graphs that are kept for this machine hold them.
/// </summary>
internal static unsafe class KernelOperators
{
    /// <summary>The domain of the operators.</summary>
    public const string Domain = "featuretransfer";

    private static readonly Lazy<nint> _domain = new(Register);

    /// <summary>All operators.</summary>
    public static IReadOnlyList<IKernelOperator> All { get; } =
    [
        new DepthwiseForward(), new DepthwiseInputGradient(), new DepthwiseWeightGradient(), new PassedGradient(), new PooledGradient(), new Unrolled(), new Rolled(),
        new ImageConvolution(), new ImageWeightGradient(), new PixelConvolution(), new PixelWeightGradient(),
        new InputTiles(), new InputTilesGradient(), new OutputTiles(), new OutputTilesGradient(), new WeightTiles(), new WeightTilesGradient(),
        new ImageToLanes(), new ToLanes(), new FromLanes(), new LanePointwise(), new InvertedResidual(), new LaneMean(),
        new BlocksToBytes(), new IntegerDepthwise(), new IntegerAveragePool(), new IntegerMean(),
    ];

    /// <summary>Makes the operators known to the sessions that are opened with these options.</summary>
    /// <exception cref="FeatureTransferException">ONNX Runtime refuses.</exception>
    public static void AddTo(SessionOptions options)
    {
        RuntimeApi.AddDomain((void*)options.DangerousGetHandle(), (void*)_domain.Value);
        GC.KeepAlive(options);
    }

    /// <summary>The shape of what a node computes; null where that of an input is not known.</summary>
    public static long[]? OutputShape(NodeProto node, long[]?[] inputs)
    {
        var known = All.First(known => known.Name == node.OpType);
        return inputs.Contains(null) ? null : known.OutputShape([.. node.Ints(KernelNode.Attribute)!], inputs!);
    }

    /// <summary>Notes in a model that it uses the operators.</summary>
    public static void DeclareIn(ModelProto model)
    {
        if (model.OpsetImport.All(set => set.Domain != Domain))
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = Domain, Version = 1 });
    }

    // Definitions stay for the life of the process, as sessions refer to them.
    private static nint Register()
    {
        var domain = RuntimeApi.CreateDomain((byte*)Marshal.StringToCoTaskMemUTF8(Domain));
        for (var i = 0; i < All.Count; i++)
            RuntimeApi.AddOperator(domain, OperatorCallbacks.Define(i, All[i]));
        return (nint)domain;
    }
}
