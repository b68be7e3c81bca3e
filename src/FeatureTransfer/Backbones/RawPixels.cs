using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Backbones;

/// <summary>The model that hands pixels on as they are: the baseline that shows what a backbone is worth.</summary>
internal static class RawPixels
{
    /// <summary>The card's id.</summary>
    public const string Id = "raw_pixels.baseline";

    private const string Output = "pixels";

    /// <summary>A model from images (batch, 3, height, width) to the same as its output <c>pixels</c>.</summary>
    /// <param name="preprocessing">The size of the images.</param>
    public static OnnxModel Model(ImagePreprocessing preprocessing)
    {
        var builder = new GraphBuilder(Id);
        builder.Graph.Input.Add(GraphBuilder.FloatValue("images", -1, 3, preprocessing.Height, preprocessing.Width));
        builder.Node("Identity", Output, ["images"]);
        builder.Graph.Output.Add(GraphBuilder.FloatValue(Output, -1, 3, preprocessing.Height, preprocessing.Width));
        var proto = new ModelProto { IrVersion = 8, ProducerName = "FeatureTransfer", Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return new OnnxModel(proto, Id);
    }
}
