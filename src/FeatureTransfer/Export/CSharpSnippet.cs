using System.Text;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Export;

/// <summary>A program in C# that asks an exported file about one input.</summary>
internal static class CSharpSnippet
{
    /// <summary>The program.</summary>
    public static string Of(ExportedModel model, OnnxModel graph, string file)
    {
        var inputs = Snippets.Inputs(model).ToList();
        var (images, texts) = (inputs.Exists(input => input.Input.Image is not null), inputs.Exists(input => input.Text is { } text && Snippets.IsKnown(text)));
        var code = new StringBuilder($"// Asks {file} about one input. Packages: Microsoft.ML.OnnxRuntime{(images ? ", NetVips, NetVips.Native" : "")}{(texts ? ", Microsoft.ML.Tokenizers" : "")}.\n");
        foreach (var name in (string[])["System", "System.Collections.Generic", .. texts ? ["System.IO"] : (string[])[], "System.Linq", "System.Text.Json", "Microsoft.ML.OnnxRuntime", .. texts ? ["Microsoft.ML.Tokenizers"] : (string[])[], .. images ? ["NetVips"] : (string[])[]])
            code.Append(CultureInfo.InvariantCulture, $"using {name};\n");
        code.Append(CultureInfo.InvariantCulture, $"""

            using var session = new InferenceSession({Snippets.Quoted(file)});
            using var about = JsonDocument.Parse(session.ModelMetadata.CustomMetadataMap["featuretransfer.model"]);
            using var options = new RunOptions();
            var inputs = new Dictionary<string, OrtValue>();


            """);
        foreach (var (input, text) in inputs)
            code.Append(input.Image is { } image ? Image(input, image) : text is null ? Column(input, Snippets.IsText(graph, input.Name)) : input.Text is { } first ? Tokens(model, first) : "");
        return code.Append(Run(model.Task)).Append(Release).Append(images ? Pixels : "").ToString().ReplaceLineEndings("\n");
    }

    private static string Image(ExportedInput input, ExportedImage image) =>
        $"""
        // Decoded, upright pixels in red, green, blue; scaling and normalizing are part of the graph.
        var {input.Name} = Pixels(args[0], {image.Height}, {image.Width}, {Plan(image)}, Enums.Kernel.{Kernel(image.Interpolation)}, [{Background(image)}]);
        inputs["{input.Name}"] = OrtValue.CreateTensorValueFromMemory({input.Name}, [1, {image.Height}, {image.Width}, 3]);


        """;

    // The size that an image is scaled to, before it is cut or padded.
    private static string Plan(ExportedImage image) => image.Resize switch
    {
        ResizeMode.Crop => Scaled($"Math.Max({Edge(image.Width, image)} / width, {Edge(image.Height, image)} / height)", "(int)((width * scale) + 1e-6)", "(int)((height * scale) + 1e-6)"),
        ResizeMode.Pad => Scaled($"Math.Min({image.Width}.0 / width, {image.Height}.0 / height)", "Math.Max(1, (int)Math.Round(width * scale))", "Math.Max(1, (int)Math.Round(height * scale))"),
        _ => $"(_, _) => ({image.Width}, {image.Height})",
    };

    private static string Scaled(string scale, string width, string height) => $$"""
        (width, height) =>
        {
            var scale = {{scale}};
            return ({{width}}, {{height}});
        }
        """;

    private static string Edge(int edge, ExportedImage image) => $"{Snippets.Number(Math.Floor((edge / image.CropFraction) + 1e-6))}.0";

    private static string Kernel(Interpolation interpolation) => interpolation switch
    {
        Interpolation.Nearest => "Nearest",
        Interpolation.Bilinear => "Linear",
        Interpolation.Bicubic => "Cubic",
        _ => "Lanczos3",
    };

    private static string Background(ExportedImage image) => string.Join(", ", Convert.FromHexString(image.Background[1..]).Select(value => value.ToString(CultureInfo.InvariantCulture)));

    private static string Column(ExportedInput input, bool isText) =>
        $"""
        // The value of the column {input.Column}.
        inputs[{Snippets.Quoted(input.Name)}] = {(isText ? "StringTensor(\"\")" : "OrtValue.CreateTensorValueFromMemory(new float[] { 0 }, [1, 1])")};


        """.Replace("StringTensor(\"\")", "OrtValue.CreateFromStringTensor(new Microsoft.ML.OnnxRuntime.Tensors.DenseTensor<string>(new[] { \"\" }, new[] { 1, 1 }))", StringComparison.Ordinal);

    private static string Tokens(ExportedModel model, ExportedText text)
    {
        string[] names = [.. model.Inputs.Where(input => input.Kind is "input_ids" or "attention_mask" or "token_type_ids").Select(input => input.Name)];
        var values = names.Select((name, i) => $"inputs[\"{name}\"] = OrtValue.CreateTensorValueFromMemory({(i == 0 ? "ids" : i == 1 ? "Enumerable.Repeat(1L, ids.Length).ToArray()" : "new long[ids.Length]")}, [1, ids.Length]);\n");
        var ids = Snippets.IsKnown(text)
            ? $$"""
            // Token ids by the vocabulary in the file's metadata.
            var text = about.RootElement.GetProperty("inputs").EnumerateArray().Select(input => input.TryGetProperty("text", out var found) ? found : default).First(found => found.ValueKind == JsonValueKind.Object);
            using var vocabulary = new MemoryStream(text.GetProperty("files").EnumerateObject().First().Value.GetBytesFromBase64());
            var tokenizer = BertTokenizer.Create(vocabulary, new BertOptions { LowerCaseBeforeTokenization = {{(text.LowerCase ? "true" : "false")}}, RemoveNonSpacingMarks = {{(text.LowerCase ? "true" : "false")}} });
            long[] ids = [.. tokenizer.EncodeToIds({{Snippets.Quoted(text.Prefix)}} + args[0], {{text.MaxTokens}}, out _, out _).Select(id => (long)id)];

            """
            : $"""
            // Token ids of a {text.Tokenizer} tokenizer with the files in this file's metadata, at most {text.MaxTokens} with the special ones.
            long[] ids = [.. args.Select(long.Parse)];

            """;
        return ids + string.Concat(values) + "\n";
    }

    private static string Run(FineTuneTask task) => task switch
    {
        FineTuneTask.Regression => """
            using var results = session.Run(options, inputs.Keys, inputs.Values, ["scores"]);
            Console.WriteLine(results[0].GetTensorDataAsSpan<float>()[0]);

            """,
        FineTuneTask.MultiLabel => """
            using var results = session.Run(options, inputs.Keys, inputs.Values, ["scores", "labels"]);
            var (scores, given) = (results[0].GetTensorDataAsSpan<float>().ToArray(), results[1].GetTensorDataAsSpan<bool>().ToArray());
            foreach (var (label, i) in about.RootElement.GetProperty("labels").EnumerateArray().Select((label, i) => (label.GetString(), i)))
                Console.WriteLine($"{label} {scores[i]:0.0000} {given[i]}");

            """,
        _ => """
            using var results = session.Run(options, inputs.Keys, inputs.Values, ["label", "scores"]);
            Console.WriteLine(results[0].GetStringElement(0));
            var scores = results[1].GetTensorDataAsSpan<float>().ToArray();
            foreach (var (label, score) in about.RootElement.GetProperty("labels").EnumerateArray().Select(label => label.GetString()).Zip(scores).OrderByDescending(pair => pair.Second))
                Console.WriteLine($"{label} {score:0.0000}");

            """,
    };

    // Values that nobody needs any more may be collected, even while a run still reads them.
    private const string Release = """
        foreach (var tensor in inputs.Values)
            tensor.Dispose();

        """;

    private const string Pixels = """

        // An image of a size, cut or padded to it.
        static byte[] Pixels(string path, int height, int width, Func<int, int, (int Width, int Height)> size, Enums.Kernel kernel, double[] background)
        {
            using var file = Image.NewFromFile(path);
            using var upright = file.Autorot();
            using var coloured = upright.Colourspace(Enums.Interpretation.Srgb);
            using var rgb = coloured.HasAlpha() ? coloured.Flatten(background: background) : coloured.Copy();
            var target = size(rgb.Width, rgb.Height);
            using var resized = rgb.Resize((double)target.Width / rgb.Width, vscale: (double)target.Height / rgb.Height, kernel: kernel, gap: 0);
            using var fitted = resized.Gravity(Enums.CompassDirection.Centre, width, height, extend: Enums.Extend.Background, background: background);
            return fitted.WriteToMemory<byte>();
        }

        """;
}
