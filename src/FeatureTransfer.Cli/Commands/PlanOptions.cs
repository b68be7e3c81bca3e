using System.CommandLine;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli.Commands;

/// <summary>The options by which commands that only look at labelled data find their rows, as <c>ft train</c> does.</summary>
internal sealed class PlanOptions
{
    private readonly Option<int> _seed = new("--seed") { Description = "The seed of everything random; a pipeline has its own", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _column = new("--column") { Description = "The column of a table with the images or recordings; default path" };
    private readonly Option<string?> _text = new("--text") { Description = "The column of a table with texts, in the place of files" };
    private readonly Option<string?> _label = new("--label") { Description = "The column of a table with the labels; default label" };

    /// <summary>Adds the options to a command.</summary>
    public Command AddTo(Command command)
    {
        foreach (var option in new Option[] { _seed, _column, _text, _label })
            command.Add(option);
        return command;
    }

    /// <summary>The plan for some data. Nothing is trained by it, so outputs of an earlier training are not in the way.</summary>
    public TrainingPlan Plan(ParseResult parse, string data, string? backbone = null) => new()
    {
        Data = data,
        Column = parse.GetValue(_column),
        Text = parse.GetValue(_text),
        Label = parse.GetValue(_label),
        Backbone = backbone,
        TestFraction = new SplitOptions().TestFraction,
        Seed = parse.GetValue(_seed),
        Force = true,
    };
}
