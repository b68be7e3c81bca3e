using System.Numerics;
using Line = (System.Numerics.Vector<float> First, System.Numerics.Vector<float> Second, System.Numerics.Vector<float> Third, System.Numerics.Vector<float> Fourth);

namespace FeatureTransfer.Onnx.Kernels.Winograd;

/// <summary>The input: the transposed matrix B.</summary>
internal readonly struct InputLine : ITileLine
{
    public static int From => 4;

    public static int To => 4;

    public static Line Apply(Vector<float> first, Vector<float> second, Vector<float> third, Vector<float> fourth) =>
        (first - third, second + third, third - second, second - fourth);
}

/// <summary>The gradient of the input: B.</summary>
internal readonly struct InputGradientLine : ITileLine
{
    public static int From => 4;

    public static int To => 4;

    public static Line Apply(Vector<float> first, Vector<float> second, Vector<float> third, Vector<float> fourth) =>
        (first, second - third + fourth, second + third - first, -fourth);
}

/// <summary>The output: the transposed matrix A.</summary>
internal readonly struct OutputLine : ITileLine
{
    public static int From => 4;

    public static int To => 2;

    public static Line Apply(Vector<float> first, Vector<float> second, Vector<float> third, Vector<float> fourth) =>
        (first + second + third, second - third - fourth, default, default);
}

/// <summary>The gradient of the output: A.</summary>
internal readonly struct OutputGradientLine : ITileLine
{
    public static int From => 2;

    public static int To => 4;

    public static Line Apply(Vector<float> first, Vector<float> second, Vector<float> third, Vector<float> fourth) =>
        (first, first + second, first - second, -second);
}

/// <summary>The weights: G.</summary>
internal readonly struct WeightLine : ITileLine
{
    public static int From => 3;

    public static int To => 4;

    public static Line Apply(Vector<float> first, Vector<float> second, Vector<float> third, Vector<float> fourth)
    {
        var outer = (first + third) * 0.5f;
        var inner = second * 0.5f;
        return (first, outer + inner, outer - inner, third);
    }
}

/// <summary>The gradient of the weights: the transposed matrix G.</summary>
internal readonly struct WeightGradientLine : ITileLine
{
    public static int From => 4;

    public static int To => 3;

    public static Line Apply(Vector<float> first, Vector<float> second, Vector<float> third, Vector<float> fourth)
    {
        var half = (second + third) * 0.5f;
        return (first + half, (second - third) * 0.5f, half + fourth, default);
    }
}
