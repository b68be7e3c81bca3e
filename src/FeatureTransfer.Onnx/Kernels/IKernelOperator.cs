using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels;

/// <summary>An operator that C# computes within a graph of ONNX Runtime, from tensors to one tensor.</summary>
internal interface IKernelOperator
{
    /// <summary>Its name in the domain <see cref="KernelOperators.Domain"/>.</summary>
    string Name { get; }

    /// <summary>How many inputs it has; the last may be left out where <see cref="LastIsOptional"/>.</summary>
    int Inputs { get; }

    /// <summary>Whether the last input may be left out.</summary>
    bool LastIsOptional { get; }

    /// <summary>Whether the output may lie where the first input lies, if nothing else reads that; each element is then read before it is written. Default false.</summary>
    bool MayOverwriteFirst => false;

    /// <summary>What its output holds. Default floats.</summary>
    TensorProto.Types.DataType OutputType => TensorProto.Types.DataType.Float;

    /// <summary>What an input holds. Default floats.</summary>
    /// <param name="input">Which one.</param>
    TensorProto.Types.DataType InputType(int input) => TensorProto.Types.DataType.Float;

    /// <summary>The shape of what it computes.</summary>
    /// <param name="attribute">The whole numbers that the node carries.</param>
    /// <param name="inputs">The shapes of its inputs.</param>
    long[] OutputShape(long[] attribute, long[][] inputs);

    /// <summary>Prepares the computation of one output: how many independent pieces there are, and how to compute each.</summary>
    /// <param name="attribute">The whole numbers that the node carries.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="output">Takes the result.</param>
    KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output);
}
