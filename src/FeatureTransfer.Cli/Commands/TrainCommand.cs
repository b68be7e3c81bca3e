using System.CommandLine;
using FeatureTransfer.Backbones;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft train</c>: from labelled images, texts or recordings to a judged model, without a pipeline's file.</summary>
internal static class TrainCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var data = new Argument<string>("data") { Description = TrainingData.Description };
        var output = new Option<string?>("--output") { Description = "The folder of the model file, the report and the rest; default out/NAME, by the name of the data" };
        var backbone = new Option<string?>("--backbone") { Description = $"An id (ft models list), or the path of a card or an ONNX file; default {DefaultBackbone.Images} for images, {DefaultBackbone.Text} for texts, {DefaultBackbone.Audio} for recordings" };
        var layers = new Option<string[]>("--layers") { Description = "The layers to tap, with commas; default the card's", DefaultValueFactory = _ => [] };
        var testFraction = new Option<double>("--test-fraction") { Description = "The share of the rows that is held out for the test; 0 for none", DefaultValueFactory = _ => new SplitOptions().TestFraction };
        testFraction.Require(value => value is >= 0 and < 1, "a share from 0 to below 1, such as 0.2");
        var folds = new Option<int?>("--folds") { Description = "The folds of the cross-validation on the training rows; 0 for none; default 5, or fewer where rows are few" };
        folds.Require(value => value is null or 0 or (>= 2 and <= 100), "0 or a whole number from 2 to 100");
        var seed = new Option<int>("--seed") { Description = "The seed of everything random", DefaultValueFactory = _ => 1 };
        var precision = PrecisionOption.Create();
        var column = new Option<string?>("--column") { Description = "The column of a table with the images, or with an audio --backbone the recordings; default path" };
        var text = new Option<string?>("--text") { Description = "The column of a table with texts to learn from, in the place of files" };
        var label = new Option<string?>("--label") { Description = "The column of a table with the labels; default label" };
        var device = DeviceOption.Create();
        var save = new Option<string?>("--save") { Description = "Writes the pipeline that was run to this JSON file; ft run repeats it, with the same result" };
        var force = new Option<bool>("--force") { Description = "Replaces what an earlier training wrote" };
        var command = new Command(
            "train",
            "Trains a classifier on photos, recordings or texts, one folder a class, or on a table: holds a fifth of them out, learns on a backbone's features of the rest, and writes a model file and a report.\n\nExamples:\n  ft train photos\n  ft train photos.zip --output out/first --save first.json\n  ft train birds.csv --column file --label species --layers stage3\n  ft train reviews.csv --text review --label stars\n  ft train recordings") { data, output, backbone, layers, precision, testFraction, folds, seed, column, text, label, device, save, force };
        command.SetAction((parse, cancellationToken) => RunAsync(
            new PipelineRun(shell(parse), parse.GetValue(device)),
            new TrainingPlan
            {
                Data = parse.GetValue(data)!,
                Column = parse.GetValue(column),
                Text = parse.GetValue(text),
                Label = parse.GetValue(label),
                Backbone = parse.GetValue(backbone),
                Precision = parse.GetValue(precision),
                Layers = [.. Names.Split(parse.GetValue(layers)!)],
                TestFraction = parse.GetValue(testFraction),
                Folds = parse.GetValue(folds),
                Seed = parse.GetValue(seed),
                Output = parse.GetValue(output),
                Save = parse.GetValue(save),
                Force = parse.GetValue(force),
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(PipelineRun run, TrainingPlan plan, CancellationToken cancellationToken)
    {
        PipelineDefinition? pipeline = null;
        var outcome = await run.RunAsync(plan.Data, () => pipeline = plan.Pipeline(cancellationToken), cancellationToken).ConfigureAwait(false);

        // Only what went through is worth repeating.
        if (plan.Save is { } file && outcome.Bundle is not null)
        {
            PipelineWriter.Write(pipeline!, file);
            if (!run.Shell.Json)
                run.Shell.Out.WriteLine($"Repeat: ft run {CommandText.Path(file)}");
        }

        if (run.Shell.Json)
            run.Shell.WriteJson(outcome);
        return outcome.ExitCode;
    }
}
