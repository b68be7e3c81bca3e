using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Text;

/// <summary>Brings text to one case and takes out diacritics, punctuation or numbers.</summary>
public sealed class TextNormalizingEstimator : TrivialEstimator<TextNormalizingTransformer>
{
    internal TextNormalizingEstimator(
        (string Output, string Input)[] columns, CaseMode caseMode, bool keepDiacritics, bool keepPunctuations, bool keepNumbers)
        : base(new(columns, new(caseMode, keepDiacritics, keepPunctuations, keepNumbers)))
    {
        Check.Param(Enum.IsDefined(caseMode), nameof(caseMode), $"There is no case mode {caseMode}.");
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(Transformer.ColumnPairs.Select(p => Output(TextColumnShape.CheckText(inputSchema.Find(p.Input)), p.Output)));
    }

    private static SchemaShape.Column Output(SchemaShape.Column input, string name) => input.Kind == SchemaShape.Column.VectorKind.Scalar
        ? input.As(name, SchemaShape.Empty)
        : TextColumnShape.WordsColumn(name);

    /// <summary>What happens to the case of letters.</summary>
    public enum CaseMode : byte
    {
        Lower = 0,
        Upper = 1,
        None = 2,
    }
}

/// <inheritdoc cref="TextNormalizingEstimator"/>
public sealed class TextNormalizingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "normalize-text";

    private readonly TextRules _rules;

    internal TextNormalizingTransformer((string Output, string Input)[] columns, TextRules rules)
        : base(columns)
    {
        _rules = rules;
    }

    internal static TextNormalizingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        var reader = ctx.Reader;
        return new(reader.ReadPairs(), new(
            (TextNormalizingEstimator.CaseMode)reader.ReadByte(), reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadBoolean()));
    }

    // A text in a vector of which nothing is left is dropped.
    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output)
    {
        TextColumnShape.CheckText(input);
        if (input.Type is VectorDataViewType)
            return TextColumnShape.ToWords(input, output, AddWord);
        return MapStep.Map(input, output, input.Type, null, (in ReadOnlyMemory<char> text, ref ReadOnlyMemory<char> result) => result = _rules.Apply(text));
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ColumnPairs);
        ctx.Writer.Write((byte)_rules.Case);
        ctx.Writer.Write(_rules.KeepsDiacritics);
        ctx.Writer.Write(_rules.KeepsPunctuation);
        ctx.Writer.Write(_rules.KeepsNumbers);
    }

    private void AddWord(ReadOnlyMemory<char> text, List<ReadOnlyMemory<char>> words)
    {
        var normal = _rules.Apply(text);
        if (!normal.IsEmpty)
            words.Add(normal);
    }
}
