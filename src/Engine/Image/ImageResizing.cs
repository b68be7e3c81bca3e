using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Brings images to one size.</summary>
public sealed class ImageResizingEstimator : TrivialEstimator<ImageResizingTransformer>
{
    internal ImageResizingEstimator(ImageResizingTransformer transformer)
        : base(transformer)
    {
    }

    /// <summary>The part that cropping keeps.</summary>
    public enum Anchor
    {
        Right = 0,
        Left = 1,
        Top = 2,
        Bottom = 3,
        Center = 4,
    }

    /// <summary>Fit inside and pad, cover and crop, or stretch.</summary>
    public enum ResizingKind
    {
        IsoPad = 0,
        IsoCrop = 1,
        Fill = 2,
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(Transformer.ColumnPairs.Select(pair =>
        {
            ImageColumns.Image(inputSchema, pair.Input);
            return SchemaShape.Column.Of(pair.Output, Transformer.OutputType);
        }));
    }
}

/// <inheritdoc cref="ImageResizingEstimator"/>
public sealed class ImageResizingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "resize-images";

    private readonly ImageResizingEstimator.ResizingKind _resizing;
    private readonly ImageResizingEstimator.Anchor _anchor;

    internal ImageResizingTransformer(
        int width, int height, ImageResizingEstimator.ResizingKind resizing, ImageResizingEstimator.Anchor anchor, params (string Output, string Input)[] columns)
        : base(columns)
    {
        Check.Param(width > 0, "imageWidth", "The width must be positive.");
        Check.Param(height > 0, "imageHeight", "The height must be positive.");
        Check.Param(Enum.IsDefined(resizing), nameof(resizing), $"{resizing} is no way of resizing.");
        Check.Param(Enum.IsDefined(anchor), "cropAnchor", $"{anchor} is no anchor.");
        _resizing = resizing;
        _anchor = anchor;
        OutputType = new ImageDataViewType(height, width);
    }

    internal ImageDataViewType OutputType { get; }

    internal static ImageResizingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        var reader = ctx.Reader;
        return new(
            reader.ReadInt32(), reader.ReadInt32(), (ImageResizingEstimator.ResizingKind)reader.ReadInt32(), (ImageResizingEstimator.Anchor)reader.ReadInt32(), reader.ReadPairs());
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output)
    {
        ImageColumns.Image(input);
        return new ImageStep<MLImage?, MLImage?>(new(output, OutputType), input.Index, Resize);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(OutputType.Width);
        ctx.Writer.Write(OutputType.Height);
        ctx.Writer.Write((int)_resizing);
        ctx.Writer.Write((int)_anchor);
        ctx.Writer.Write(ColumnPairs);
    }

    private void Resize(in MLImage? source, ref MLImage? resized)
    {
        if (source is null || (source.Width == OutputType.Width && source.Height == OutputType.Height))
        {
            resized = source;
            return;
        }
        var placement = ImagePlacement.Of(_resizing, _anchor, source.Width, source.Height, OutputType.Width, OutputType.Height);
        resized = placement.Draw(source, OutputType.Width, OutputType.Height, nearest: _resizing == ImageResizingEstimator.ResizingKind.Fill);
        resized.Tag = source.Tag;
    }
}
