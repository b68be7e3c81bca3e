using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Images;

/// <summary>The weights of a convolution as it reads them: for each four outputs their biases, then their four weights of every tap. Outputs that fill the last four are zero.</summary>
/// <param name="Outputs">How many outputs there are.</param>
/// <param name="Length">Floats of a panel.</param>
/// <param name="Values">The panels.</param>
internal sealed unsafe record WeightPanels(int Outputs, int Length, float[] Values)
{
    /// <summary>From weights (outputs, ...) and biases, if there are any.</summary>
    public static WeightPanels Of(KernelTensor weights, float* bias)
    {
        var outputs = (int)weights.Shape[0];
        var taps = (int)weights.Shape.Skip(1).Aggregate(1L, (product, size) => product * size);
        var length = (taps + 1) * OutputTile.Outputs;
        var values = new float[(outputs + OutputTile.Outputs - 1) / OutputTile.Outputs * length];
        for (var output = 0; output < outputs; output++)
        {
            var (panel, lane) = Math.DivRem(output, OutputTile.Outputs);
            var first = (panel * length) + lane;
            values[first] = bias is null ? 0 : bias[output];
            for (var tap = 0; tap < taps; tap++)
                values[first + ((tap + 1) * OutputTile.Outputs)] = weights.Data[((nint)output * taps) + tap];
        }

        return new WeightPanels(outputs, length, values);
    }
}
