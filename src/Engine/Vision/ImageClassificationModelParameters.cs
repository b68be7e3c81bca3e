using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.Vision;

/// <summary>A network from the pixels of an image to the probability of each class.</summary>
public sealed class ImageClassificationModelParameters : ModelParametersBase<VBuffer<float>>, IImageModel, IDisposable
{
    internal const string Kind = "image-classification";

    internal ImageClassificationModelParameters(ImageNetwork network, int classes) => (Network, Classes) = (network, classes);

    ImageNetwork IImageModel.Network => Network;

    int IImageModel.ScoreCount => Classes;

    internal ImageNetwork Network { get; }

    internal int Classes { get; }

    public void Dispose() => Network.Dispose();

    internal static ImageClassificationModelParameters Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        int classes = ctx.Reader.ReadInt32();
        var input = ImageInput.Read(ctx.Reader);
        return new(new ImageNetwork(ctx.Reader.ReadArray<byte>(), input, ImageNetwork.Settings(ctx.Context)), classes);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(Classes);
        Network.Input.Write(ctx.Writer);
        ctx.Writer.WriteArray(Network.Model);
    }
}
