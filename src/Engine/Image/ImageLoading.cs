using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Data;

/// <summary>Reads the files that a column of paths names: as images, or as raw bytes.</summary>
public sealed class ImageLoadingEstimator : TrivialEstimator<ImageLoadingTransformer>
{
    internal ImageLoadingEstimator(ImageLoadingTransformer transformer)
        : base(transformer)
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(Transformer.ColumnPairs.Select(pair =>
        {
            var column = inputSchema.Find(pair.Input);
            if (!column.IsTextScalar)
                throw Check.Mismatch("input", pair.Input, "String", column.TypeText());
            return SchemaShape.Column.Of(pair.Output, Transformer.OutputType);
        }));
    }
}

/// <inheritdoc cref="ImageLoadingEstimator"/>
public sealed class ImageLoadingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "load-images";

    public readonly string? ImageFolder;

    private readonly bool _asImage;

    internal ImageLoadingTransformer(string? imageFolder, bool asImage, params (string Output, string Input)[] columns)
        : base(columns)
    {
        if (!string.IsNullOrEmpty(imageFolder) && !Directory.Exists(imageFolder))
            throw new ArgumentException($"The image folder '{imageFolder}' does not exist.", nameof(imageFolder));
        ImageFolder = string.IsNullOrEmpty(imageFolder) ? null : imageFolder;
        _asImage = asImage;
        OutputType = asImage ? new ImageDataViewType() : new VectorDataViewType(NumberDataViewType.Byte);
    }

    internal DataViewType OutputType { get; }

    internal static ImageLoadingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new(ctx.Reader.ReadString(), ctx.Reader.ReadBoolean(), ctx.Reader.ReadPairs());
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output)
    {
        if (input.Type is not TextDataViewType)
            throw Check.Mismatch("input", input.Name, "String", input.Type.ToString()!);
        var column = new DataViewSchema.DetachedColumn(output, OutputType);
        return _asImage
            ? new ImageStep<ReadOnlyMemory<char>, MLImage?>(column, input.Index, LoadImage)
            : new ImageStep<ReadOnlyMemory<char>, VBuffer<byte>>(column, input.Index, LoadBytes);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ImageFolder ?? "");
        ctx.Writer.Write(_asImage);
        ctx.Writer.Write(ColumnPairs);
    }

    private void LoadImage(in ReadOnlyMemory<char> path, ref MLImage? image)
    {
        image = null;
        if (path.IsEmpty)
            return;
        image = MLImage.CreateFromFile(FullPath(path));
        image.Tag = path.ToString();
    }

    private void LoadBytes(in ReadOnlyMemory<char> path, ref VBuffer<byte> bytes)
    {
        var read = path.IsEmpty ? [] : File.ReadAllBytes(FullPath(path));
        bytes = new VBuffer<byte>(read.Length, read);
    }

    private string FullPath(ReadOnlyMemory<char> path) => ImageFolder is null ? path.ToString() : Path.Combine(ImageFolder, path.ToString());
}
