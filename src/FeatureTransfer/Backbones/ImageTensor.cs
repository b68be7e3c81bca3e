using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Backbones;

/// <summary>The input of a graph that takes images.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Layout">The order of its axes: channels last where the last axis is three and the second is not.</param>
/// <param name="Height">Its height; null where the graph leaves it open.</param>
/// <param name="Width">Its width; null where the graph leaves it open.</param>
internal sealed record ImageTensor(string Name, TensorLayout Layout, int? Height, int? Width)
{
    private const int Channels = 3;

    /// <summary>The first input with four axes.</summary>
    /// <exception cref="FeatureTransferException">There is none, or it does not take three channels of floats.</exception>
    public static ImageTensor Of(OnnxModel model)
    {
        var input = model.Inputs.FirstOrDefault(candidate => candidate.Shape.Count == 4)
            ?? throw new FeatureTransferException($"{model.Name}: the model's input is {string.Join(", ", model.Inputs)}. Expected images (batch, channels, height, width) or (batch, height, width, channels).");
        var shape = input.Shape;
        var layout = shape[3] == Channels && shape[1] != Channels ? TensorLayout.Nhwc : TensorLayout.Nchw;
        var (channels, height, width) = layout == TensorLayout.Nhwc ? (shape[3], shape[1], shape[2]) : (shape[1], shape[2], shape[3]);
        if (channels is not (null or Channels))
            throw new FeatureTransferException($"{model.Name}: the input {input} takes images of {channels} channels. Expected {Channels}.");
        var type = (TensorProto.Types.DataType)model.Proto.Graph.Input.First(value => value.Name == input.Name).Type.TensorType.ElemType;
        if (type != TensorProto.Types.DataType.Float)
            throw new FeatureTransferException($"{model.Name}: the input {input} takes numbers of type {type}. Expected 32-bit floats: export the model with them.");
        return new ImageTensor(input.Name, layout, (int?)height, (int?)width);
    }

    /// <summary>The recipe in the layout and the size of this input; a size that is open stays the recipe's.</summary>
    public ImageRecipe Fit(ImageRecipe recipe) => recipe with { Height = Height ?? recipe.Height, Width = Width ?? recipe.Width, Layout = Layout };
}
