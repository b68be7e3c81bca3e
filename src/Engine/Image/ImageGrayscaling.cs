using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Takes the colour out of images; they keep their channels.</summary>
public sealed class ImageGrayscalingEstimator : TrivialEstimator<ImageGrayscalingTransformer>
{
    internal ImageGrayscalingEstimator(params (string Output, string Input)[] columns)
        : base(new ImageGrayscalingTransformer(columns))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(Transformer.ColumnPairs.Select(pair => ImageColumns.Image(inputSchema, pair.Input).As(pair.Output)));
    }
}

/// <inheritdoc cref="ImageGrayscalingEstimator"/>
public sealed class ImageGrayscalingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "grayscale-images";

    internal ImageGrayscalingTransformer(params (string Output, string Input)[] columns)
        : base(columns)
    {
    }

    internal static ImageGrayscalingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new(ctx.Reader.ReadPairs());
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output) =>
        new ImageStep<MLImage?, MLImage?>(new(output, ImageColumns.Image(input)), input.Index, ToGrey);

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ColumnPairs);
    }

    private static void ToGrey(in MLImage? source, ref MLImage? grey)
    {
        grey = null;
        if (source is null)
            return;
        var pixels = source.Pixels.ToArray();
        var (red, blue) = (MLImagePixels.Red(source.PixelFormat), MLImagePixels.Blue(source.PixelFormat));
        for (int i = 0; i < pixels.Length; i += 4)
        {
            double value = (0.3 * pixels[i + red]) + (0.59 * pixels[i + MLImagePixels.Green]) + (0.11 * pixels[i + blue]);
            pixels.AsSpan(i, 3).Fill((byte)Math.Round(value));
        }
        grey = new MLImage(source.Width, source.Height, source.PixelFormat, pixels) { Tag = source.Tag };
    }
}
