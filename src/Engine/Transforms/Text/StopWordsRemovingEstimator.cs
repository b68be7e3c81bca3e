using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Text;

/// <summary>How stop words are removed: by a language's list, or by one's own.</summary>
public interface IStopWordsRemoverOptions
{
}

/// <summary>Removes words that say little, by the list of a language.</summary>
public sealed class StopWordsRemovingEstimator : TrivialEstimator<StopWordsRemovingTransformer>
{
    internal StopWordsRemovingEstimator((string Output, string Input)[] columns, Language language)
        : base(new(columns, language))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => StopWords.GetOutputSchema(inputSchema, Transformer.ColumnPairs);

    /// <summary>Removal by the list of a language.</summary>
    public sealed class Options : IStopWordsRemoverOptions
    {
        public TextFeaturizingEstimator.Language Language = TextFeaturizingEstimator.Language.English;

        public Options()
        {
        }
    }

    /// <summary>The languages with a list.</summary>
    public enum Language
    {
        English = 0,
        French = 1,
        German = 2,
        Dutch = 3,
        Danish = 4,
        Swedish = 5,
        Italian = 6,
        Spanish = 7,
        Portuguese = 8,
        Portuguese_Brazilian = 9,
        Norwegian_Bokmal = 10,
        Russian = 11,
        Polish = 12,
        Czech = 13,
        Arabic = 14,
        Japanese = 15,
    }
}

/// <inheritdoc cref="StopWordsRemovingEstimator"/>
public sealed class StopWordsRemovingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "remove-default-stop-words";

    private readonly StopWordsRemovingEstimator.Language _language;
    private readonly StopWords _words;

    internal StopWordsRemovingTransformer((string Output, string Input)[] columns, StopWordsRemovingEstimator.Language language)
        : base(columns)
    {
        _language = language;
        _words = StopWords.Of(language);
    }

    internal static StopWordsRemovingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new(ctx.Reader.ReadPairs(), (StopWordsRemovingEstimator.Language)ctx.Reader.ReadInt32());
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output) => _words.Bind(input, output);

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ColumnPairs);
        ctx.Writer.Write((int)_language);
    }
}
