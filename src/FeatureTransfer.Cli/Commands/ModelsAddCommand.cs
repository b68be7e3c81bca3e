using System.CommandLine;
using FeatureTransfer.Backbones;
using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft models add</c>: a card for an ONNX file of one's own.</summary>
internal static class ModelsAddCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var model = new Argument<string>("model") { Description = "The ONNX file; it stays where it is" };
        var id = new Option<string?>("--id") { Description = "What to call it, architecture.tag; default NAME.local, by the file" };
        var preset = new Option<ImagePreset?>("--preprocessing") { Description = $"How the network wants its pixels: {PresetChoice.Names}; without it a terminal is asked" };
        var size = new Option<int?>("--size") { Description = "Height and width of images where the graph leaves them open; default 224" };
        var resize = new Option<ResizeMode>("--resize") { Description = "How images are fitted to the size: crop, pad or stretch", DefaultValueFactory = _ => ResizeMode.Crop };
        var crop = new Option<double>("--crop-fraction") { Description = "The share of the resized image that the centre crop keeps: 0.875 resizes to 256 for 224", DefaultValueFactory = _ => 1 };
        var interpolation = new Option<Interpolation>("--interpolation") { Description = "nearest, bilinear, bicubic or lanczos3", DefaultValueFactory = _ => Interpolation.Bilinear };
        var layers = new Option<string[]>("--layers") { Description = "The default layers, aliases or tensors, with commas; default 'features', what the classifier takes", DefaultValueFactory = _ => [] };
        var pooling = new Option<Pooling?>("--pooling") { Description = "The default pooling: avg, max, gem, cls, flatten or none; default avg" };
        var licence = new Option<string?>("--licence") { Description = "The licence of the weights, as an SPDX identifier" };
        var golden = new Option<string[]>("--golden") { Description = $"Images whose first {GoldenVectors.Length} features the card records, for ft models verify", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var output = new Option<string?>("--output") { Description = "The card's file; default a place where every command finds it by its id" };
        var force = new Option<bool>("--force") { Description = "Replaces a card that is there" };
        var command = new Command(
            "add",
            "Makes a model card for an ONNX file: reads input, size and layers off the graph, asks how pixels are scaled.\n\nExamples:\n  ft models add resnet50.onnx --preprocessing imagenet --crop-fraction 0.875\n  ft models add clip.onnx --id clip_b32.openai --preprocessing clip --interpolation bicubic --golden photo.jpg\n  ft models add net.onnx --output cards/net.json --layers stride16,features") { model, id, preset, size, resize, crop, interpolation, layers, pooling, licence, golden, output, force };
        command.SetAction((parse, cancellationToken) => RunAsync(
            shell(parse),
            new CardPlan
            {
                Model = parse.GetValue(model)!,
                Id = parse.GetValue(id),
                Preset = parse.GetValue(preset),
                Size = parse.GetValue(size),
                Preprocessing = new ImagePreprocessing { Resize = parse.GetValue(resize), CropFraction = parse.GetValue(crop), Interpolation = parse.GetValue(interpolation) },
                Layers = [.. Names.Split(parse.GetValue(layers)!)],
                Pooling = parse.GetValue(pooling),
                Licence = parse.GetValue(licence),
                Output = parse.GetValue(output),
                Force = parse.GetValue(force),
            },
            parse.GetValue(golden)!,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, CardPlan plan, string[] images, CancellationToken cancellationToken)
    {
        // What cannot be done is told of before anybody is asked.
        plan.CheckDestination(ModelCatalog.LoadDefault());
        var input = ImageTensor.Of(OnnxModel.Load(plan.Model));
        var preset = plan.Preset ?? await PresetChoice.AskAsync(shell, cancellationToken).ConfigureAwait(false);
        var card = plan.Card(preset);
        int length;
        using (var extractor = GoldenVectors.Open(card, FeatureTransferServices.Default with { Cancellation = cancellationToken }))
        {
            length = extractor.FeatureLength;
            card = card with { Golden = GoldenVectors.Record(extractor, card.Modality, images.Length == 0 ? [] : InputFiles.Expand(images), cancellationToken) };
        }

        AtomicFile.WriteText(card.Origin, ModelCardReader.Write(card));
        var name = plan.Output is null ? card.Id : CommandText.Path(plan.Output);
        if (shell.Json)
            shell.WriteJson(new { card.Id, Card = card.Origin, card.InputName, card.Preprocessing.Height, card.Preprocessing.Width, Layout = Lower(card.Preprocessing.Layout), Preprocessing = PresetChoice.Name(preset), card.Layers, card.DefaultLayers, FeatureLength = length, card.Golden });
        else
            Write(shell.Out, card, input, PresetChoice.Name(preset), length, name);
        return ExitCodes.Ok;
    }

    private static void Write(TextWriter output, ModelCard card, ImageTensor input, string preset, int length, string name)
    {
        var preprocessing = card.Preprocessing;
        var open = input.Height is null || input.Width is null ? "; the graph leaves the size open, --size sets another" : "";
        output.WriteLine($"{card.Id} is ready: {card.Origin}");
        output.WriteLine($"  input           {card.InputName}, {preprocessing.Height} x {preprocessing.Width}, {Lower(preprocessing.Layout)}{open}");
        output.WriteLine($"  preprocessing   {preset}, {Lower(preprocessing.Resize)}{(preprocessing.Resize == ResizeMode.Crop ? string.Create(CultureInfo.InvariantCulture, $" {preprocessing.CropFraction}") : "")}, {Lower(preprocessing.Interpolation)}");
        output.WriteLine($"  layers          {(card.Layers.Count > 0 ? string.Join(", ", card.Layers.Keys) : "none was recognized; ft models inspect lists the tensors")}");
        output.WriteLine($"  default layers  {(card.DefaultLayers.Count > 0 ? string.Join(", ", card.DefaultLayers) : "the first output")}: {length} features");
        foreach (var golden in card.Golden)
            output.WriteLine($"  golden          {golden.Name}: {GoldenText.Numbers(golden.Features)}");
        output.WriteLine($"Next: ft train PHOTOS --backbone {name}");
    }

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
