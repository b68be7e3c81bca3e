using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Text;

/// <summary>Splits text into its characters, each as a key: the character's code.</summary>
public sealed class TokenizingByCharactersEstimator : TrivialEstimator<TokenizingByCharactersTransformer>
{
    internal TokenizingByCharactersEstimator(bool useMarkerCharacters, params (string Output, string Input)[] columns)
        : base(new(useMarkerCharacters, columns))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (var (_, input) in Transformer.ColumnPairs)
            TextColumnShape.CheckText(inputSchema.Find(input));
        var annotations = new SchemaShape([SchemaShape.Column.Of(AnnotationKinds.KeyValues, AnnotationKinds.TextVector)]);
        return inputSchema.With(Transformer.ColumnPairs.Select(p => new SchemaShape.Column(
            p.Output, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.UInt16, isKey: true, annotations)));
    }
}

/// <inheritdoc cref="TokenizingByCharactersEstimator"/>
public sealed class TokenizingByCharactersTransformer : OneToOneTransformerBase
{
    internal const string Kind = "tokenize-characters";

    private const char TextStart = '\u0002';
    private const char TextEnd = '\u0003';
    private const char Between = '\u001F';

    private static readonly VectorDataViewType _type = new(new KeyDataViewType(typeof(ushort), ushort.MaxValue));
    private static readonly Lazy<ReadOnlyMemory<char>[]> _names = new(() => [.. Enumerable.Range(1, ushort.MaxValue).Select(c => Name((char)c).AsMemory())]);

    private readonly bool _useMarkers;

    internal TokenizingByCharactersTransformer(bool useMarkers, (string Output, string Input)[] columns)
        : base(columns)
    {
        _useMarkers = useMarkers;
    }

    internal static TokenizingByCharactersTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        var columns = ctx.Reader.ReadPairs();
        return new(ctx.Reader.ReadBoolean(), columns);
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output)
    {
        TextColumnShape.CheckText(input);
        var annotations = new DataViewSchema.Annotations.Builder();
        // Sixty thousand names are written out only for who asks for them.
        annotations.Add(AnnotationKinds.KeyValues, new VectorDataViewType(TextDataViewType.Instance, ushort.MaxValue),
            (ref VBuffer<ReadOnlyMemory<char>> names) => VBuffer<ReadOnlyMemory<char>>.Copy(_names.Value, 0, ref names, ushort.MaxValue));
        if (input.Type is VectorDataViewType)
            return MapStep.Map<VBuffer<ReadOnlyMemory<char>>, VBuffer<ushort>>(input, output, _type, annotations.ToAnnotations(), SplitAll);
        return MapStep.Map<ReadOnlyMemory<char>, VBuffer<ushort>>(input, output, _type, annotations.ToAnnotations(), SplitOne);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ColumnPairs);
        ctx.Writer.Write(_useMarkers);
    }

    // What cannot be seen is shown by its sign in Unicode's block of control pictures.
    private static string Name(char c) => c <= ' ' ? $"<{(char)('\u2400' + c)}>" : c.ToString();

    private void SplitOne(in ReadOnlyMemory<char> text, ref VBuffer<ushort> keys)
    {
        int markers = _useMarkers && !text.IsEmpty ? 1 : 0;
        var editor = VBufferEditor.Create(ref keys, text.Length + (2 * markers));
        Put(text.Span, editor.Values[markers..]);
        if (markers > 0)
            (editor.Values[0], editor.Values[^1]) = (TextStart, TextEnd);
        keys = editor.Commit();
    }

    private void SplitAll(in VBuffer<ReadOnlyMemory<char>> texts, ref VBuffer<ushort> keys)
    {
        int length = 0;
        foreach (var text in texts.GetValues())
            if (!text.IsEmpty)
                length += text.Length + 1;
        // One marker between two texts, and one at each end.
        length = length == 0 ? 0 : _useMarkers ? length + 1 : length - 1;
        var editor = VBufferEditor.Create(ref keys, length);
        int at = _useMarkers ? 1 : 0;
        foreach (var text in texts.GetValues())
        {
            if (text.IsEmpty)
                continue;
            Put(text.Span, editor.Values[at..]);
            at += text.Length;
            if (at < length)
                editor.Values[at++] = Between;
        }
        if (_useMarkers && length > 0)
            (editor.Values[0], editor.Values[^1]) = (TextStart, TextEnd);
        keys = editor.Commit();
    }

    private static void Put(ReadOnlySpan<char> text, Span<ushort> keys)
    {
        for (int i = 0; i < text.Length; i++)
            keys[i] = text[i];
    }
}
