using System.CommandLine;
using FeatureTransfer.Backbones;
using FeatureTransfer.Diagnostics;
using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft drift</c>: whether new data differ from those that a model knows.</summary>
internal static class DriftCommand
{
    // As with a wrong file, the data are not to be used as they are.
    private const int Drifted = ExitCodes.BadInput;

    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var reference = new Argument<string>("reference") { Description = "A model file (.ftm), or what the model was trained on. " + ImageInputs.Description + ". " + TextInputs.Description };
        var fresh = new Argument<string>("new-data") { Description = "What is compared with it: the same kind of data" };
        var backbone = new Option<string>("--backbone") { Description = "An id (ft models list), or the path of a card or an ONNX file; not beside a model file, which has its own", DefaultValueFactory = _ => DefaultBackbone.Images };
        var layers = new Option<string[]>("--layers") { Description = "The layers to tap, with commas; default the card's; not beside a model file", DefaultValueFactory = _ => [] };
        var threshold = new Option<double>("--threshold") { Description = "Below this p-value, or from this MMD on, the data have drifted: exit code 3", DefaultValueFactory = _ => 0.01 };
        threshold.Require(value => value > 0, "a number above 0");
        var measure = new Option<DriftMeasure>("--measure") { Description = "What the threshold is for: p (the p-value of the MMD) or mmd (the squared maximum mean discrepancy)", DefaultValueFactory = _ => DriftMeasure.P };
        var rows = new Option<int>("--rows") { Description = "The most rows of each side, drawn by the seed", DefaultValueFactory = _ => 1000 };
        rows.Require(value => value >= 2, "a whole number from 2 on");
        var permutations = new Option<int>("--permutations") { Description = "How many random divisions of the rows the p-value comes from", DefaultValueFactory = _ => 999 };
        permutations.Require(value => value >= 1, "a whole number from 1 on");
        var seed = new Option<int>("--seed") { Description = "The seed of everything random", DefaultValueFactory = _ => 1 };
        var table = TableOptions.Create();
        var command = new Command(
            "drift",
            "Compares the features of new data with those of a reference, which is a model file with a sample of what it was trained on, or data: maximum mean discrepancy with a permutation test, proxy A-distance, Fréchet and covariance distance. Exit code 3 says that the threshold is passed.\n\nExamples:\n  ft drift out/quickstart/model.ftm new-photos\n  ft drift photos new-photos\n  ft drift photos new-photos --measure mmd --threshold 0.02") { reference, fresh, backbone, layers, threshold, measure, rows, permutations, seed, table.Column };
        command.SetAction((parse, cancellationToken) => Task.FromResult(Run(
            shell(parse),
            [parse.GetValue(reference)!, parse.GetValue(fresh)!],
            [.. new Option[] { backbone, layers }.Where(option => parse.GetResult(option) is { Implicit: false }).Select(option => option.Name)],
            new TableChoice(null, parse.GetValue(table.Column), null),
            new ExtractFeaturesOptions { Backbone = parse.GetValue(backbone)!, Layers = [.. Names.Split(parse.GetValue(layers)!)] },
            new DriftPlan(parse.GetValue(measure), parse.GetValue(threshold), parse.GetValue(rows), parse.GetValue(permutations), parse.GetValue(seed)),
            cancellationToken)));
        return command;
    }

    private static int Run(Shell shell, IReadOnlyList<string> data, IReadOnlyList<string> extraction, TableChoice table, ExtractFeaturesOptions options, DriftPlan plan, CancellationToken cancellationToken)
    {
        var rejected = new RejectedRowCollector();
        if (ModelDrift.IsModel(data[0]) && extraction is [var given, ..])
            throw new FeatureTransferException($"{given}: the features are those of the model file {data[0]}, which brings its own backbone. Leave it out, or give data as the reference.");
        var features = ModelDrift.IsModel(data[0])
            ? ModelDrift.Features(shell, data[0], data[1], table, plan, rejected, cancellationToken)
            : Extract(shell, data, table, options, plan, rejected, cancellationToken);
        var sides = data.Zip(features, (side, rows) => Usable(side, rows, rejected)).ToList();
        var samples = new TwoSamples(sides[0], sides[1]);
        var test = MaximumMeanDiscrepancy.Of(samples, plan.Permutations, plan.Seed, cancellationToken);
        var drifted = plan.Measure == DriftMeasure.P ? test.PValue < plan.Threshold : test.Value >= plan.Threshold;
        var (distance, frechet, covariance) = (ProxyADistance.Of(samples, plan.Seed, cancellationToken), FrechetDistance.Of(samples), CovarianceDistance.Of(samples));
        if (shell.Json)
            shell.WriteJson(new { Drifted = drifted, plan.Measure, plan.Threshold, Mmd = test.Value, test.PValue, ProxyADistance = distance, Frechet = frechet, Covariance = covariance, ReferenceRows = sides[0].Count, NewRows = sides[1].Count, Rejected = rejected.Rows });
        else
            Write(shell, sides, test, [("proxy A-distance", distance), ("Fréchet distance", frechet), ("covariance distance", covariance)], drifted);
        return drifted ? Drifted : rejected.Count > 0 ? ExitCodes.SomeRejected : ExitCodes.Ok;
    }

    private static IReadOnlyList<IEnumerable<float[]>> Extract(Shell shell, IReadOnlyList<string> data, TableChoice table, ExtractFeaturesOptions options, DriftPlan plan, RejectedRowCollector rejected, CancellationToken cancellationToken)
    {
        using var extractor = new FeatureExtractor(options, CommandServices.Default with { Logger = shell.Log, Progress = shell.Progress, Rejected = rejected, Cancellation = cancellationToken });
        var modality = CommandServices.Default.Catalog.Get(options.Backbone).Modality;
        return [.. data.Select(side => extractor.Extract(plan.Draw(Inputs(side)), cancellationToken).Select(row => row.Features).ToList())];

        IEnumerable<InputValue> Inputs(string side) => modality == Modality.Text
            ? TextInputs.Open([side], table, shell)
            : ImageInputs.Open([side], table, CommandServices.Default.Sql!, Console.OpenStandardInput, shell.Note, modality == Modality.Audio ? FileKind.Recordings : FileKind.Images);
    }

    private static List<float[]> Usable(string data, IEnumerable<float[]> features, RejectedRowCollector rejected)
    {
        var rows = features.Where(row => row.All(float.IsFinite)).ToList();
        return rows.Count >= 2
            ? rows
            : throw new FeatureTransferException($"{data}: {rows.Count} of its inputs can be used. Expected two or more.{(rejected.Rows is [.., var last] ? $" The last that cannot: {last.Input}: {last.Reason}" : "")}");
    }

    private static void Write(Shell shell, List<List<float[]>> sides, ShiftTest test, IReadOnlyList<(string Name, double Value)> others, bool drifted)
    {
        shell.WriteTable(["measure", "value"], [["MMD²", Text($"{test.Value:0.0000}")], ["p-value", Text($"{test.PValue:0.0000}")], .. others.Select(other => (IReadOnlyList<string>)[other.Name, Text($"{other.Value:0.0000}")])]);
        shell.Out.WriteLine();
        shell.Out.WriteLine(Text($"{sides[0].Count} rows of the reference, {sides[1].Count} new ones: {(drifted ? "drift, the threshold is passed" : "no drift by this threshold")}."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a threshold of drift is for.</summary>
internal enum DriftMeasure
{
    /// <summary>The p-value of the maximum mean discrepancy.</summary>
    P,

    /// <summary>Its square.</summary>
    Mmd,
}

/// <summary>How drift is measured.</summary>
internal sealed record DriftPlan(DriftMeasure Measure, double Threshold, int Rows, int Permutations, int Seed)
{
    /// <summary>The rows of a side: all of them, or as many as there may be.</summary>
    public IEnumerable<T> Draw<T>(IEnumerable<T> side)
    {
        var rows = side.ToArray();
        new Random(Seed).Shuffle(rows);
        return rows.Take(Rows);
    }
}
