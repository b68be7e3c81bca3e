using System.CommandLine;
using FeatureTransfer.Devices;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft advise</c>: which backbone and which layers suit the data, and whether transfer helps at all.</summary>
internal static class AdviseCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var data = new Argument<string>("data") { Description = $"{TrainingData.Description}; or a pipeline's file, whose step ExtractFeatures is asked about" };
        var backbones = new Option<string[]>("--backbones") { Description = "The backbones to compare, with commas: ids (ft models list), cards or ONNX files; default those on this machine", DefaultValueFactory = _ => [] };
        var rows = new Option<int>("--rows") { Description = "How many rows the last round may look at", DefaultValueFactory = _ => new AdviceOptions().MaxRows };
        rows.Require(value => value >= 10, "a whole number from 10 on");
        var folds = new Option<int>("--folds") { Description = "The folds of each cross-validation", DefaultValueFactory = _ => new AdviceOptions().Folds };
        folds.Require(value => value is >= 2 and <= 100, "a whole number from 2 to 100");
        var plan = new PlanOptions();
        var device = DeviceOption.Create();
        var save = new Option<string?>("--save") { Description = "Writes the pipeline with the advised backbone and layers to this JSON file" };
        var force = new Option<bool>("--force") { Description = "Replaces the file of --save" };
        var command = plan.AddTo(new Command(
            "advise",
            "Compares backbones and their layers on few rows, the better ones on more, and says which to take, beside what is reached without a backbone. Rows that a pipeline holds out for its test are left alone.\n\nExamples:\n  ft advise photos --save birds.json\n  ft advise birds.csv --column file --label species\n  ft advise pipelines/quickstart.json --backbones resnet_18.mlnet,mobilenet_v2.nsfwjs") { data, backbones, rows, folds, device, save, force });
        command.SetAction((parse, cancellationToken) => RunAsync(
            shell(parse),
            plan.Plan(parse, parse.GetValue(data)!) with { Save = parse.GetValue(save) },
            parse.GetValue(force),
            new AdviceOptions { Backbones = [.. Names.Split(parse.GetValue(backbones)!)], MaxRows = parse.GetValue(rows), Folds = parse.GetValue(folds) },
            parse.GetValue(device),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, TrainingPlan plan, bool force, AdviceOptions options, Device? device, CancellationToken cancellationToken)
    {
        var declared = PipelineFiles.IsPipeline(plan.Data);
        CheckSave(plan, force);
        var pipeline = declared ? PipelineReader.Read(plan.Data) : AllLayers(plan.Pipeline(cancellationToken));
        options = options with { Backbones = [.. options.Backbones.Select(name => !File.Exists(name) ? name : declared ? Path.GetFullPath(name) : plan.FromBase(name))] };
        var advisor = new Advisor(CommandServices.Default with { Logger = shell.Log, Progress = shell.Progress, Device = device });
        var advice = await advisor.AdviseAsync(pipeline, options, cancellationToken).ConfigureAwait(false);
        if (plan.Save is { } file)
            PipelineWriter.Write(advice.Pipeline, file);
        AdviceText.Write(shell, advice, plan);
        return ExitCodes.Ok;
    }

    // Nobody chose the layers, so all are compared.
    private static PipelineDefinition AllLayers(PipelineDefinition pipeline) =>
        pipeline with { Estimators = [.. pipeline.Estimators.Select(step => step is ExtractFeaturesStep features ? features with { Layers = [] } : step)] };

    private static void CheckSave(TrainingPlan plan, bool force)
    {
        if (!force && plan.Save is { } file && Path.Exists(file))
            throw new FeatureTransferException($"{file}: exists already. Name another file by --save, or replace it by --force.");
    }
}
