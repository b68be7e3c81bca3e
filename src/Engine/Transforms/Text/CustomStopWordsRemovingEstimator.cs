using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Text;

/// <summary>Removes words of a list of one's own.</summary>
public sealed class CustomStopWordsRemovingEstimator : TrivialEstimator<CustomStopWordsRemovingTransformer>
{
    internal CustomStopWordsRemovingEstimator((string Output, string Input)[] columns, params string[] stopwords)
        : base(new(columns, stopwords))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => StopWords.GetOutputSchema(inputSchema, Transformer.ColumnPairs);

    /// <summary>Removal by a list of one's own.</summary>
    public sealed class Options : IStopWordsRemoverOptions
    {
        public string[] StopWords = [];

        public Options()
        {
        }
    }
}

/// <inheritdoc cref="CustomStopWordsRemovingEstimator"/>
public sealed class CustomStopWordsRemovingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "remove-stop-words";

    private readonly string[] _list;
    private readonly StopWords _words;

    internal CustomStopWordsRemovingTransformer((string Output, string Input)[] columns, string[] stopwords)
        : base(columns)
    {
        ArgumentNullException.ThrowIfNull(stopwords);
        _list = stopwords;
        _words = new(stopwords);
    }

    internal static CustomStopWordsRemovingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new(ctx.Reader.ReadPairs(), ctx.Reader.ReadTexts());
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output) => _words.Bind(input, output);

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ColumnPairs);
        ctx.Writer.WriteTexts(_list);
    }
}
