using DataType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Gradients;

/// <summary>Short names for the operators that gradients use all the time.</summary>
internal static class Arithmetic
{
    /// <summary>a + b.</summary>
    public static string Add(this GradientContext context, string a, string b) => context.Emit("Add", [a, b]);

    /// <summary>a - b.</summary>
    public static string Sub(this GradientContext context, string a, string b) => context.Emit("Sub", [a, b]);

    /// <summary>a b.</summary>
    public static string Mul(this GradientContext context, string a, string b) => context.Emit("Mul", [a, b]);

    /// <summary>a / b.</summary>
    public static string Div(this GradientContext context, string a, string b) => context.Emit("Div", [a, b]);

    /// <summary>-a.</summary>
    public static string Neg(this GradientContext context, string a) => context.Emit("Neg", [a]);

    /// <summary>A number added to every element.</summary>
    public static string Plus(this GradientContext context, string a, float number) => context.Add(a, context.Scalar(number));

    /// <summary>Every element times a number.</summary>
    public static string Times(this GradientContext context, string a, float number) => context.Mul(a, context.Scalar(number));

    /// <summary>A number less every element.</summary>
    public static string From(this GradientContext context, float number, string a) => context.Sub(context.Scalar(number), a);

    /// <summary>The value where the mask holds, 0 elsewhere: what is not kept may be infinite.</summary>
    public static string KeepWhere(this GradientContext context, string mask, string value) => context.Emit("Where", [mask, value, context.Scalar(0)]);

    /// <summary>Which elements lie above a number.</summary>
    public static string Above(this GradientContext context, string a, float number) => context.Emit("Greater", [a, context.Scalar(number)]);

    /// <summary>A tensor in another element type.</summary>
    public static string Cast(this GradientContext context, string a, DataType type) => context.Emit("Cast", [a], GraphBuilder.Int("to", (long)type));
}
