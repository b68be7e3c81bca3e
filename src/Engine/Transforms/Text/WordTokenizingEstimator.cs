using System.Buffers;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Text;

/// <summary>Splits text into words at separators.</summary>
public sealed class WordTokenizingEstimator : TrivialEstimator<WordTokenizingTransformer>
{
    internal WordTokenizingEstimator((string Output, string Input)[] columns, char[]? separators = null)
        : base(new(columns, separators ?? [' ']))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (var (_, input) in Transformer.ColumnPairs)
            TextColumnShape.CheckText(inputSchema.Find(input));
        return inputSchema.With(Transformer.ColumnPairs.Select(p => TextColumnShape.WordsColumn(p.Output)));
    }
}

/// <inheritdoc cref="WordTokenizingEstimator"/>
public sealed class WordTokenizingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "tokenize-words";

    private readonly char[] _separators;
    private readonly SearchValues<char> _search;

    internal WordTokenizingTransformer((string Output, string Input)[] columns, char[] separators)
        : base(columns)
    {
        // The type of the exception is that of ML.NET, which fails on the first row only.
        if (separators.Length == 0)
            throw new InvalidOperationException("There must be at least one separator to split text at; leave the argument out for a space.");
        _separators = separators;
        _search = SearchValues.Create(separators);
    }

    internal static WordTokenizingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new(ctx.Reader.ReadPairs(), ctx.Reader.ReadString().ToCharArray());
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output)
    {
        TextColumnShape.CheckText(input);
        return TextColumnShape.ToWords(input, output, Split);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ColumnPairs);
        ctx.Writer.Write(new string(_separators));
    }

    private void Split(ReadOnlyMemory<char> text, List<ReadOnlyMemory<char>> words)
    {
        while (!text.IsEmpty)
        {
            int end = text.Span.IndexOfAny(_search);
            if (end != 0)
                words.Add(end < 0 ? text : text[..end]);
            if (end < 0)
                return;
            text = text[(end + 1)..];
        }
    }
}
