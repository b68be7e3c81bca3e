namespace FeatureTransfer.Backbones.TensorFlowJs;

/// <summary>TensorFlow's kernels in ONNX's order.</summary>
internal static class ChannelsFirst
{
    /// <summary>TensorFlow: (height, width, inputs, outputs). ONNX: (outputs, inputs, height, width), depthwise (inputs * outputs, 1, height, width).</summary>
    public static float[] Kernel(LayersModelWeight kernel, bool depthwise)
    {
        var (area, inputs, outputs) = ((int)(kernel.Shape[0] * kernel.Shape[1]), (int)kernel.Shape[2], (int)kernel.Shape[3]);
        var result = new float[kernel.Values.Length];
        var read = 0;
        for (var position = 0; position < area; position++)
        {
            for (var i = 0; i < inputs; i++)
            {
                for (var o = 0; o < outputs; o++)
                    result[((depthwise ? (i * outputs) + o : (o * inputs) + i) * area) + position] = kernel.Values[read++];
            }
        }

        return result;
    }
}
