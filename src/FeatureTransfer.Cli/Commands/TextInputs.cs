using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Sources;
using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Makes texts of what a command line names: the texts themselves, lines of files, files of folders, and columns of tables.</summary>
internal static class TextInputs
{
    /// <summary>What commands say of their inputs.</summary>
    public const string Description = "Texts in quotes, .txt files with a text a line, folders of .txt files with one each, tables (.csv, .tsv, .parquet, .jsonl) with a column of texts, or - for lines on standard input";

    private const string Lines = ".txt", DefaultColumn = "text";

    /// <summary>The texts, in the order in which they were named.</summary>
    /// <param name="inputs">What was named.</param>
    /// <param name="table">How tables are read; their column is called <c>text</c> where it is not named.</param>
    /// <param name="shell">Is told what was found by looking, and opens standard input.</param>
    /// <exception cref="FeatureTransferException">There are no texts, or a file cannot be read.</exception>
    public static IReadOnlyList<InputValue> Open(IReadOnlyList<string> inputs, TableChoice table, Shell shell)
    {
        if (table.Query is { } query)
            return Rows(TableFiles.Source(query, inputs), table, shell);
        if (inputs.Count == 0)
            throw new FeatureTransferException("There is nothing to read: name texts in quotes, .txt files, folders or tables, or give a --query.");
        return [.. inputs.SelectMany(input => One(input, table, shell))];
    }

    private static IEnumerable<InputValue> One(string input, TableChoice table, Shell shell)
    {
        if (input == "-")
            return OfLines(new StreamReader(Console.OpenStandardInput()).ReadToEnd().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'));
        if (Directory.Exists(input))
            return FileKind.Texts.Files(input, null, new LeftFiles()).Select(file => InputValue.FromReader(file, () => Content(file)));
        if (TableFiles.Source(input) is { } source)
            return Rows(source, table, shell);
        if (!Path.GetExtension(input).Equals(Lines, StringComparison.OrdinalIgnoreCase))
            return [InputValue.FromText(input, input)];
        return File.Exists(input)
            ? OfLines(TextEncodings.Lines(input, TextEncodings.Find(input).Encoding))
            : throw new FeatureTransferException($"{input}: there is no such file. A {Lines} file has a text a line; a text itself may be anything that does not end like a file.");
    }

    private static IEnumerable<InputValue> OfLines(IEnumerable<string> lines) => lines.Where(line => line.Length > 0).Select(line => InputValue.FromText(line, line));

    private static ReadOnlyMemory<byte> Content(string file)
    {
        try
        {
            return InputValue.FromText(TextEncodings.Text(file, TextEncodings.Find(file).Encoding)).Read();
        }
        catch (Exception exception) when (exception is FeatureTransferException or IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(file, exception.Message, exception);
        }
    }

    private static IReadOnlyList<InputValue> Rows(FieldSource source, TableChoice table, Shell shell)
    {
        var (column, rejected) = (table.Column ?? DefaultColumn, new RejectedRowCollector());
        var wanted = source with { Image = null, Label = column, Texts = table.Name is { } name ? [column, name] : [column] };
        var rows = wanted.Read(new SourceContext(null, rejected, CancellationToken.None) { Sql = CommandServices.Default.Sql, Note = shell.Note, LabelFault = _ => null });
        return
        [
            .. rows.Rows.Select(row => InputValue.FromText(row.Texts[0], row.Texts[^1])),
            .. rejected.Rows.Select(row => InputValue.FromReader(row.Input, () => throw new BadInputException(row.Input, row.Reason))),
        ];
    }
}
