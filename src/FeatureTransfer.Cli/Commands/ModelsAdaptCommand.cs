using System.CommandLine;
using FeatureTransfer.Variants;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft models adapt</c>: backbones whose batch normalizations know other images.</summary>
internal static class ModelsAdaptCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var id = new Argument<string>("id") { Description = "An id of the list, or the path of a card or an ONNX file" };
        var images = new Argument<string[]>("images") { Description = $"{InputFiles.Description}, of the kind that the backbone will see; no label is read", Arity = ArgumentArity.OneOrMore };
        var tag = new Option<string>("--tag") { Description = "What the variant is called behind the backbone's id and a point", DefaultValueFactory = _ => "adapted" };
        tag.Require(value => value is { Length: > 0 } && value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'), "letters, digits, _ and -");
        var most = new Option<int>("--max-images") { Description = "The most images that are looked at, all in memory at once", DefaultValueFactory = _ => 64 };
        most.Require(value => value >= 2, "2 or more");
        var command = new Command(
            "adapt",
            "Makes a variant of a backbone whose batch normalizations take their means and variances from other images (AdaBN, Li and others 2016).\n\nExample: ft models adapt resnet_18.mlnet photos --tag winter") { id, images, tag, most };
        command.SetAction((parse, cancellationToken) => RunAsync(
            shell(parse),
            new NormalizationOptions { Backbone = parse.GetValue(id)!, Sample = InputFiles.Expand(parse.GetValue(images)!), Tag = parse.GetValue(tag)!, MaximumImages = parse.GetValue(most) },
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, NormalizationOptions options, CancellationToken cancellationToken)
    {
        if (options.Sample.Count < 2)
            throw new FeatureTransferException($"images: there is {options.Sample.Count} image, {options.Sample[0]}. Expected two or more of the kind that the backbone will see.");
        var result = await BackboneVariants.AdaptAsync(options, FeatureTransferServices.Default with { Progress = shell.Progress }, cancellationToken).ConfigureAwait(false);
        if (shell.Json)
        {
            shell.WriteJson(result);
            return ExitCodes.Ok;
        }

        shell.Out.WriteLine($"{result.Id} is ready: {result.OnnxPath}");
        shell.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  cosine similarity  {result.Comparison.MeanSimilarity:0.0000} to the original's features in the mean over {result.Comparison.Images} images"));
        return ExitCodes.Ok;
    }
}
