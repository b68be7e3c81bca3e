namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>
/// Images with the channels in front: one row holds all of a channel, over the whole batch. Moving (batch, channels) around copies
/// whole images of a channel, which is cheap, and one matrix product over all images beats one product an image and their sum.
/// </summary>
internal static class ChannelRows
{
    /// <summary>(batch, channels, ...) as (channels, batch x ...).</summary>
    public static string Of(GradientContext context, string tensor, long channels, int spatial) =>
        context.Reshaped(First(context, tensor, spatial), channels, -1);

    /// <summary>(batch, channels, ...) as (channels, batch, ...), and back.</summary>
    public static string First(GradientContext context, string tensor, int spatial) =>
        context.Transposed(tensor, [1, 0, .. TensorEmissions.Axes(2, spatial)]);
}
