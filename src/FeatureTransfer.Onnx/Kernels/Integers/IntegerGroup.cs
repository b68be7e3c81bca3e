namespace FeatureTransfer.Onnx.Kernels.Integers;

/// <summary>The constants of thirty-two channels of an <see cref="IntegerDepthwise"/>.</summary>
/// <param name="weights">The packed weights.</param>
/// <param name="bias">The packed biases.</param>
/// <param name="scales">The packed scales.</param>
internal readonly unsafe struct IntegerGroup(short* weights, int* bias, float* scales)
{
    /// <summary>The weights of the window's first column.</summary>
    public IntegerColumn Left => IntegerColumn.Load(weights);

    /// <summary>Of its second column.</summary>
    public IntegerColumn Centre => IntegerColumn.Load(weights + IntegerWeights.ColumnLength);

    /// <summary>Of its third column.</summary>
    public IntegerColumn Right => IntegerColumn.Load(weights + (2 * IntegerWeights.ColumnLength));

    /// <summary>What sums begin with.</summary>
    public IntegerSums Bias => IntegerSums.Load(bias);

    /// <summary>How sums become bytes.</summary>
    /// <param name="zero">The byte that stands for zero.</param>
    public IntegerScaling Scaling(byte zero) => new(scales, zero);

    /// <summary>Those of another group, where this is the first.</summary>
    public IntegerGroup At(int group) => new(weights + (group * IntegerWeights.GroupLength), bias + (group * IntegerLayout.Lanes), scales + (group * IntegerLayout.Lanes));
}
