using Spectre.Console;

namespace FeatureTransfer.Cli.Terminal;

/// <summary>A table drawn for a terminal, as wide as the terminal allows.</summary>
internal static class DrawnTable
{
    public static void Write(TextWriter output, IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var name in header)
            table.AddColumn(new TableColumn(new Text(name, new Style(decoration: Decoration.Bold))));
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }).Write(table);
    }
}
