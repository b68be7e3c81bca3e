using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Vectors of pixels to images.</summary>
public sealed class VectorToImageConvertingEstimator : TrivialEstimator<VectorToImageConvertingTransformer>
{
    internal VectorToImageConvertingEstimator(VectorToImageConvertingTransformer transformer)
        : base(transformer)
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(Transformer.ColumnPairs.Select(pair =>
        {
            var column = inputSchema.Find(pair.Input);
            if (column.Kind == SchemaShape.Column.VectorKind.Scalar || !VectorToImageConvertingTransformer.IsPixel(column.ItemType))
                throw Check.Mismatch("input", pair.Input, VectorToImageConvertingTransformer.Expected, column.TypeText());
            return SchemaShape.Column.Of(pair.Output, Transformer.OutputType);
        }));
    }
}

/// <inheritdoc cref="VectorToImageConvertingEstimator"/>
public sealed class VectorToImageConvertingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "vector-to-image";
    internal const string Expected = "vector of float, double or byte";

    private readonly PixelLayout _layout;
    private readonly float _scale;
    private readonly float _offset;
    private readonly byte[] _defaults;

    internal VectorToImageConvertingTransformer(
        ImageDataViewType size, PixelLayout layout, float scale, float offset, byte[] defaultBgra, params (string Output, string Input)[] columns)
        : base(columns)
    {
        Check.Param(float.IsFinite(offset), "offsetImage", "The offset must be finite.");
        Check.Param(float.IsFinite(scale) && scale != 0, "scaleImage", "The scale must be finite and not 0.");
        (OutputType, _layout, _scale, _offset, _defaults) = (size, layout, scale, offset, defaultBgra);
    }

    internal ImageDataViewType OutputType { get; }

    internal static bool IsPixel(DataViewType type) =>
        type == NumberDataViewType.Single || type == NumberDataViewType.Double || type == NumberDataViewType.Byte;

    internal static VectorToImageConvertingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        var reader = ctx.Reader;
        return new(
            ImageDataViewType.Read(reader), PixelLayout.Read(reader), reader.ReadSingle(), reader.ReadSingle(), reader.ReadBytes(4), reader.ReadPairs());
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output)
    {
        if (input.Type is not VectorDataViewType vector || !IsPixel(vector.ItemType))
            throw Check.Mismatch("input", input.Name, Expected, input.Type.ToString()!);
        int length = _layout.Channels * OutputType.Height * OutputType.Width;
        if (vector.IsKnownSize && vector.Size != length)
            throw Check.Mismatch("input", input.Name, $"vector of {length} ({_layout.Channels} x {OutputType.Height} x {OutputType.Width})", vector.ToString());
        var column = new DataViewSchema.DetachedColumn(output, OutputType);
        if (vector.ItemType == NumberDataViewType.Byte)
            return Step<byte>(column, input, value => value);
        return vector.ItemType == NumberDataViewType.Single
            ? Step<float>(column, input, value => ToByte(value))
            : Step<double>(column, input, ToByte);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ImageDataViewType.Write(ctx.Writer, OutputType);
        _layout.Write(ctx.Writer);
        ctx.Writer.Write(_scale);
        ctx.Writer.Write(_offset);
        ctx.Writer.Write(_defaults);
        ctx.Writer.Write(ColumnPairs);
    }

    private byte ToByte(double value)
    {
        bool isPlain = _scale == 1 && _offset == 0;
        double pixel = isPlain ? Math.Truncate(value) : Math.Round((value * _scale) - _offset);
        return (byte)Math.Clamp(double.IsNaN(pixel) ? 0 : pixel, 0, 255);
    }

    private ImageStep<VBuffer<T>, MLImage?> Step<T>(DataViewSchema.DetachedColumn column, DataViewSchema.Column input, Func<T, byte> toByte) =>
        new(column, input.Index, (in VBuffer<T> vector, ref MLImage? image) => image = vector.GetValues().IsEmpty ? null : Draw(vector, toByte));

    private MLImage Draw<T>(in VBuffer<T> vector, Func<T, byte> toByte)
    {
        int area = OutputType.Height * OutputType.Width;
        if (vector.Length != _layout.Channels * area)
            throw new InvalidOperationException($"The vector has {vector.Length} values, an image of {_layout.Channels} x {OutputType.Height} x {OutputType.Width} takes {_layout.Channels * area}.");
        var values = new T[vector.Length];
        vector.CopyTo(values);
        var pixels = new byte[area * 4];
        for (int i = 0; i < pixels.Length; i += 4)
            _defaults.CopyTo(pixels, i);
        for (int channel = 0; channel < _layout.Channels; channel++)
        {
            var (from, step) = _layout.Place(channel, area);
            for (int to = _layout.Offset(channel, MLPixelFormat.Bgra32); to < pixels.Length; to += 4, from += step)
                pixels[to] = toByte(values[from]);
        }
        return new MLImage(OutputType.Width, OutputType.Height, MLPixelFormat.Bgra32, pixels);
    }
}
