using FeatureTransfer.Onnx.Kernels;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx;

/// <summary>Opens models in ONNX Runtime to ask about them.</summary>
internal static class OrtSessions
{
    /// <summary>A session for questions about shapes, which is not to be run: large weights stand as inputs, and are neither copied nor read.</summary>
    /// <exception cref="FeatureTransferException">ONNX Runtime cannot load the model.</exception>
    public static InferenceSession OpenForShapes(OnnxModel model)
    {
        try
        {
            return OpenUnoptimized(GraphCopy.WithoutWeights(model));
        }
        catch (FeatureTransferException)
        {
            // A kernel may want its weights when it is made.
            return OpenUnoptimized(model);
        }
    }

    /// <summary>A session for questions: nothing is optimized, so that loading is quick and every tensor stays.</summary>
    /// <exception cref="FeatureTransferException">ONNX Runtime cannot load the model.</exception>
    public static InferenceSession OpenUnoptimized(OnnxModel model)
    {
        using var options = OnnxRuntimeLibrary.NewOptions();
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        options.IntraOpNumThreads = 1;
        KernelOperators.AddTo(options);
        try
        {
            return new InferenceSession(model.ToBytes(), options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new FeatureTransferException($"{model.Name}: ONNX Runtime cannot load the model. {exception.Message}", exception);
        }
    }
}
