using FeatureTransfer.Inputs.Images;
using ElementType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Backbones;

/// <summary>The input of a graph that takes images.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Layout">The order of its axes: channels last where the last axis is one of channels and the second is not.</param>
/// <param name="Height">Its height; null where the graph leaves it open.</param>
/// <param name="Width">Its width; null where the graph leaves it open.</param>
/// <param name="TakesBytes">Whether it takes whole numbers: pixels as they are.</param>
internal sealed record ImageTensor(string Name, TensorLayout Layout, int? Height, int? Width, bool TakesBytes)
{
    /// <summary>The input of a name, else the first with four axes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">The input's name; null where it is not known.</param>
    /// <exception cref="FeatureTransferException">There is none, or it takes neither three channels nor one, or no numbers.</exception>
    public static ImageTensor Of(OnnxModel model, string? name = null)
    {
        var images = model.Inputs.Where(candidate => candidate.Shape.Count == 4).ToList();
        var input = images.Find(candidate => candidate.Name == name) ?? images.FirstOrDefault()
            ?? throw new FeatureTransferException($"{model.Name}: the model's input is {string.Join(", ", model.Inputs)}. Expected images (batch, channels, height, width) or (batch, height, width, channels).");
        var shape = input.Shape;
        var layout = shape[3] is 1 or 3 && shape[1] is not (1 or 3) ? TensorLayout.Nhwc : TensorLayout.Nchw;
        var (channels, height, width) = layout == TensorLayout.Nhwc ? (shape[3], shape[1], shape[2]) : (shape[1], shape[2], shape[3]);
        if (channels is not (null or 1 or 3))
            throw new FeatureTransferException($"{model.Name}: the input {input} takes images of {channels} channels. Expected 3, or 1 for brightness: images of other kinds cannot be read.");
        var type = (ElementType)model.Proto.Graph.Input.First(value => value.Name == input.Name).Type.TensorType.ElemType;
        if (!FloatInput.CanConvertTo(type))
            throw new FeatureTransferException($"{model.Name}: the input {input} takes {type}, which pixels cannot be converted to. Export the model with an input of floats or of bytes (uint8).");
        return new ImageTensor(input.Name, layout, (int?)height, (int?)width, FloatInput.IsWhole(type));
    }

    /// <summary>The preprocessing in the layout and the size of this input; a size that is open stays the preprocessing's. Whole numbers leave pixels as they are.</summary>
    public ImagePreprocessing Fit(ImagePreprocessing preprocessing)
    {
        var fitted = preprocessing with { Height = Height ?? preprocessing.Height, Width = Width ?? preprocessing.Width, Layout = Layout };
        return TakesBytes ? Unscaled(fitted) : fitted;
    }

    /// <summary>The model as images can be fed to it: floats of three channels, and nothing besides.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    /// <param name="card">Its card.</param>
    /// <exception cref="FeatureTransferException">The model takes no images, or the card does not fit it.</exception>
    public static OnnxModel Prepare(OnnxModel model, ModelCard card)
    {
        model = FixedInputs.Apply(FeatureOutputs.Arrange(model), card.OtherInputs, card.Origin);
        var input = Of(model, card.InputName);
        if (input.TakesBytes && card.Preprocessing != Unscaled(card.Preprocessing))
            throw new FeatureTransferException($"{card.Origin}: the model takes whole numbers, pixels as they are, and $.preprocessing scales them. Expected \"scale\": 1, \"mean\": [0, 0, 0], \"std\": [1, 1, 1].");
        return FloatInput.Apply(model, input.Name, input.Layout == TensorLayout.Nhwc ? 3 : 1, card.Preprocessing.Channels == ChannelOrder.Bgr);
    }

    private static ImagePreprocessing Unscaled(ImagePreprocessing preprocessing) => preprocessing with { Scale = 1, Mean = [0, 0, 0], Std = [1, 1, 1] };
}
