using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Images to vectors of their pixels.</summary>
public sealed class ImagePixelExtractingEstimator : TrivialEstimator<ImagePixelExtractingTransformer>
{
    internal ImagePixelExtractingEstimator(ImagePixelExtractingTransformer transformer)
        : base(transformer)
    {
    }

    /// <summary>Which channels.</summary>
    [Flags]
    public enum ColorBits : byte
    {
        Alpha = 1,
        Red = 2,
        Green = 4,
        Blue = 8,
        Rgb = Red | Green | Blue,
        All = Alpha | Rgb,
    }

    /// <summary>In which order.</summary>
    public enum ColorsOrder : byte
    {
        ARGB = 1,
        ARBG = 2,
        ABRG = 3,
        ABGR = 4,
        AGRB = 5,
        AGBR = 6,
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(Transformer.ColumnPairs.Select(pair =>
        {
            ImageColumns.Image(inputSchema, pair.Input);
            return new SchemaShape.Column(pair.Output, SchemaShape.Column.VectorKind.Vector, Transformer.ItemType, false);
        }));
    }
}

/// <inheritdoc cref="ImagePixelExtractingEstimator"/>
public sealed class ImagePixelExtractingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "extract-pixels";

    private readonly PixelLayout _layout;
    private readonly float _offset;
    private readonly float _scale;
    private readonly bool _asFloat;

    internal ImagePixelExtractingTransformer(PixelLayout layout, float offset, float scale, bool asFloat, params (string Output, string Input)[] columns)
        : base(columns)
    {
        Check.Param(float.IsFinite(offset), "offsetImage", "The offset must be finite.");
        Check.Param(float.IsFinite(scale) && scale != 0, "scaleImage", "The scale must be finite and not 0.");
        (_layout, _offset, _scale, _asFloat) = (layout, offset, scale, asFloat);
        ItemType = asFloat ? NumberDataViewType.Single : NumberDataViewType.Byte;
    }

    internal NumberDataViewType ItemType { get; }

    internal static ImagePixelExtractingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        var reader = ctx.Reader;
        return new(PixelLayout.Read(reader), reader.ReadSingle(), reader.ReadSingle(), reader.ReadBoolean(), reader.ReadPairs());
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output)
    {
        var image = ImageColumns.Image(input, sized: true);
        var column = new DataViewSchema.DetachedColumn(output, new VectorDataViewType(ItemType, _layout.Dimensions(image.Height, image.Width)));
        if (!_asFloat)
            return Step(column, input, image, [.. Enumerable.Range(0, 256).Select(value => (byte)value)]);
        return Step(column, input, image, [.. Enumerable.Range(0, 256).Select(value => (value - _offset) * _scale)]);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        _layout.Write(ctx.Writer);
        ctx.Writer.Write(_offset);
        ctx.Writer.Write(_scale);
        ctx.Writer.Write(_asFloat);
        ctx.Writer.Write(ColumnPairs);
    }

    // A byte has 256 values, so the formula is a table.
    private ImageStep<MLImage?, VBuffer<T>> Step<T>(DataViewSchema.DetachedColumn column, DataViewSchema.Column input, ImageDataViewType size, T[] table) =>
        new(column, input.Index, (in MLImage? image, ref VBuffer<T> values) =>
        {
            var editor = VBufferEditor.Create(ref values, _layout.Channels * size.Height * size.Width);
            if (image is null)
                editor.Values.Clear();
            else
                Extract(CheckSize(image, size), table, editor.Values);
            values = editor.Commit();
        });

    private void Extract<T>(MLImage image, T[] table, Span<T> values)
    {
        var pixels = image.Pixels;
        int area = pixels.Length / 4;
        for (int channel = 0; channel < _layout.Channels; channel++)
        {
            int from = _layout.Offset(channel, image.PixelFormat);
            var (to, step) = _layout.Place(channel, area);
            for (; from < pixels.Length; from += 4, to += step)
                values[to] = table[pixels[from]];
        }
    }

    private static MLImage CheckSize(MLImage image, ImageDataViewType size) => image.Width == size.Width && image.Height == size.Height
        ? image
        : throw new InvalidOperationException($"The image {image.Tag} is {image.Height} x {image.Width}, the column's type says {size.Height} x {size.Width}: add ResizeImages before.");
}
