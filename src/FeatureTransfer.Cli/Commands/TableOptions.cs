using System.CommandLine;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>--query</c>, <c>--column</c> and <c>--name</c>: how images and texts are read of tables and databases.</summary>
internal sealed record TableOptions(Option<string?> Query, Option<string?> Column, Option<string?> Name)
{
    public static TableOptions Create() => new(
        new Option<string?>("--query") { Description = "One SELECT that gives the rows; the input is what it asks: a database, an address such as postgres://host/shop, or files, whose table is 'data'" },
        new Option<string?>("--column") { Description = "The column of a table or query with the images (paths, or encoded bytes; default path, image or the only one), or with the texts to extract features of (default text)" },
        new Option<string?>("--name") { Description = "The column that names the rows of a table or a query; default the text, or the row's number" });

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(Query);
        command.Options.Add(Column);
        command.Options.Add(Name);
    }

    /// <summary>What was given.</summary>
    public TableChoice Read(ParseResult parse) => new(parse.GetValue(Query), parse.GetValue(Column), parse.GetValue(Name));
}
