using System.CommandLine;
using FeatureTransfer.Backbones;
using FeatureTransfer.Onnx.Quantization;
using FeatureTransfer.Variants;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft models quantize</c>: smaller variants of backbones.</summary>
internal static class QuantizeCommand
{
    private const string SamplePackage = "emoji-datasource-twitter";
    private const int SampleSize = 32;

    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var id = new Argument<string>("id") { Description = "An id of the list, or the path of a card or an ONNX file" };
        var to = new Option<WeightFormat?>("--to") { Description = "fp16, or int8, which is what --static makes" };
        var calibration = new Option<string[]>("--static") { Description = $"{InputFiles.Description}, of the kind that the backbone will see: makes it int8 with ranges taken from these images", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var sample = new Option<string[]>("--sample") { Description = $"{InputFiles.Description}, to compare the features on; default {SampleSize} images of the npm package '{SamplePackage}'", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var minimum = new Option<double>("--minimum-similarity") { Description = "The least cosine similarity of an image's features to the original's", DefaultValueFactory = _ => 0.99 };
        minimum.Require(value => value is >= -1 and <= 1, "from -1 to 1");
        var force = new Option<bool>("--force") { Description = "Keeps the variant even below that" };
        var command = new Command(
            "quantize",
            "Makes a variant of a backbone with smaller weights, and says how near its features are to the original's.\n\nExamples:\n  ft models quantize resnet_18.mlnet --static photos\n  ft models quantize resnet_18.mlnet --to fp16") { id, to, calibration, sample, minimum, force };
        command.SetAction((parse, cancellationToken) => RunAsync(
            shell(parse),
            new VariantOptions
            {
                Backbone = parse.GetValue(id)!,
                Format = Format(parse.GetValue(to), parse.GetValue(calibration)!, parse.GetValue(sample)!),
                Sample = Sample(parse.GetValue(calibration) is { Length: > 0 } images ? images : parse.GetValue(sample)!),
                MinimumSimilarity = parse.GetValue(minimum),
                Force = parse.GetValue(force),
            },
            cancellationToken));
        return command;
    }

    // Ranges that are measured as the model runs made convolutions slower than floats, so a sample there has to be.
    private static WeightFormat Format(WeightFormat? to, string[] calibration, string[] sample) => (to, calibration.Length > 0) switch
    {
        (WeightFormat.Fp16, false) => WeightFormat.Fp16,
        (WeightFormat.Int8 or null, true) when sample.Length == 0 => WeightFormat.Int8,
        (_, true) => throw new FeatureTransferException("--static makes int8 and compares it on the same images. Leave --sample and --to fp16 out."),
        _ => throw new FeatureTransferException("int8 takes its ranges from images of the kind that the backbone will see: ft models quantize ID --static photos. Ranges that are measured as the model runs made convolution networks slower than floats, so those are not offered. Or choose --to fp16."),
    };

    private static async Task<int> RunAsync(Shell shell, VariantOptions options, CancellationToken cancellationToken)
    {
        var result = await BackboneVariants.MakeAsync(options, FeatureTransferServices.Default with { Progress = shell.Progress }, cancellationToken).ConfigureAwait(false);
        if (shell.Json)
            shell.WriteJson(result);
        else
            Write(shell.Out, result);
        return ExitCodes.Ok;
    }

    private static void Write(TextWriter output, VariantResult result)
    {
        var comparison = result.Comparison;
        output.WriteLine($"{result.Id} is ready: {result.OnnxPath}");
        output.WriteLine(Line($"  cosine similarity  {comparison.MinimumSimilarity:0.0000} at least ({comparison.WorstImage}), {comparison.MeanSimilarity:0.0000} in the mean over {comparison.Images} images"));
        output.WriteLine(Line($"  size               {result.Bytes / 1e6:0.0} MB, {(double)result.OriginalBytes / result.Bytes:0.0} times smaller"));
        output.WriteLine(Line($"  speed              {comparison.SpeedRatio:0.00} times the original's, an image at a time on this CPU"));
    }

    private static IReadOnlyList<string> Sample(string[] named)
    {
        if (named.Length > 0)
            return InputFiles.Expand(named);
        var folder = NpmPackages.Find(SamplePackage)
            ?? throw new FeatureTransferException("There are no images to compare the features on. Name some of the kind that the backbone will see: --sample photos");
        var images = InputFiles.Expand([Path.Combine(folder, "img", "twitter", "64")]);
        return [.. Enumerable.Range(0, Math.Min(SampleSize, images.Count)).Select(i => images[i * images.Count / Math.Min(SampleSize, images.Count)])];
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
