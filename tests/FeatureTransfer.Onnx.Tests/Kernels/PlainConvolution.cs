using FeatureTransfer.Onnx.Kernels;

namespace FeatureTransfer.Onnx.Tests.Kernels;

/// <summary>A depthwise convolution of one image's channel by the definition, in double precision.</summary>
internal sealed record PlainConvolution(ConvolutionAttributes Window, int Rows, int Columns)
{
    public int OutputRows => Window.Height.Windows(Rows);

    public int OutputColumns => Window.Width.Windows(Columns);

    public int Taps => Window.Height.Kernel * Window.Width.Kernel;

    /// <summary>Every product: which output, which tap, which input.</summary>
    public IEnumerable<(int Output, int Tap, int Input)> Products() =>
        from outputRow in Enumerable.Range(0, OutputRows)
        from outputColumn in Enumerable.Range(0, OutputColumns)
        from row in Enumerable.Range(0, Window.Height.Kernel)
        from column in Enumerable.Range(0, Window.Width.Kernel)
        let inputRow = (outputRow * Window.Height.Stride) + (row * Window.Height.Dilation) - Window.Height.Before
        let inputColumn = (outputColumn * Window.Width.Stride) + (column * Window.Width.Dilation) - Window.Width.Before
        where inputRow >= 0 && inputRow < Rows && inputColumn >= 0 && inputColumn < Columns
        select ((outputRow * OutputColumns) + outputColumn, (row * Window.Width.Kernel) + column, (inputRow * Columns) + inputColumn);

    public double[] Forward(float[] input, float[] filter)
    {
        var result = new double[OutputRows * OutputColumns];
        foreach (var (output, tap, from) in Products())
            result[output] += (double)input[from] * filter[tap];
        return result;
    }

    public double[] InputGradient(float[] gradient, float[] filter)
    {
        var result = new double[Rows * Columns];
        foreach (var (output, tap, from) in Products())
            result[from] += (double)gradient[output] * filter[tap];
        return result;
    }

    public double[] WeightGradient(float[] input, float[] gradient)
    {
        var result = new double[Taps];
        foreach (var (output, tap, from) in Products())
            result[tap] += (double)gradient[output] * input[from];
        return result;
    }
}
