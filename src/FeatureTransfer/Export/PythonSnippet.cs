using System.Text;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Export;

/// <summary>A program in Python that asks an exported file about one input.</summary>
internal static class PythonSnippet
{
    /// <summary>The program.</summary>
    public static string Of(ExportedModel model, OnnxModel graph, string file)
    {
        var inputs = Snippets.Inputs(model).ToList();
        var (images, texts) = (inputs.Exists(input => input.Input.Image is not null), inputs.Exists(input => input.Text is { } text && Snippets.IsKnown(text)));
        var code = new StringBuilder($"# Asks {file} about one input. pip install onnxruntime numpy{(images ? " pillow" : "")}{(texts ? " tokenizers" : "")}\n");
        code.Append(texts ? "import base64\n" : "").Append("import json\nimport sys\n\nimport numpy as np\nimport onnxruntime as ort\n");
        code.Append(images ? "from PIL import Image, ImageOps\n" : "").Append(texts ? "from tokenizers import BertWordPieceTokenizer\n" : "");
        code.Append(images ? Pixels : "");
        code.Append(CultureInfo.InvariantCulture, $"""

            session = ort.InferenceSession({Snippets.Quoted(file)})
            about = json.loads(session.get_modelmeta().custom_metadata_map["featuretransfer.model"])
            inputs = {"{}"}

            """);
        foreach (var (input, text) in inputs)
            code.Append(input.Image is { } image ? Image(input, image) : text is null ? Column(input, Snippets.IsText(graph, input.Name)) : input.Text is { } first ? Tokens(model, first) : "");
        return code.Append(Run(model.Task)).ToString().ReplaceLineEndings("\n");
    }

    private static string Image(ExportedInput input, ExportedImage image) =>
        $"""
        # Decoded, upright pixels in red, green, blue; scaling and normalizing are part of the graph.
        inputs["{input.Name}"] = pixels(sys.argv[1], {image.Height}, {image.Width}, {Plan(image)}, Image.Resampling.{Kernel(image.Interpolation)}, "{image.Background}")

        """;

    private static string Plan(ExportedImage image) => image.Resize switch
    {
        ResizeMode.Crop => $"lambda width, height: [int(edge * max({Edge(image.Width, image)} / width, {Edge(image.Height, image)} / height) + 1e-6) for edge in (width, height)]",
        ResizeMode.Pad => $"lambda width, height: [max(1, round(edge * min({image.Width} / width, {image.Height} / height))) for edge in (width, height)]",
        _ => $"lambda width, height: [{image.Width}, {image.Height}]",
    };

    private static string Edge(int edge, ExportedImage image) => Snippets.Number(Math.Floor((edge / image.CropFraction) + 1e-6));

    private static string Kernel(Interpolation interpolation) => interpolation == Interpolation.Lanczos3 ? "LANCZOS" : interpolation.ToString().ToUpperInvariant();

    private static string Column(ExportedInput input, bool isText) =>
        $"""
        # The value of the column {input.Column}.
        inputs[{Snippets.Quoted(input.Name)}] = np.array([[{(isText ? "\"\"" : "0")}]], dtype={(isText ? "object" : "np.float32")})

        """;

    private static string Tokens(ExportedModel model, ExportedText text)
    {
        string[] names = [.. model.Inputs.Where(input => input.Kind is "input_ids" or "attention_mask" or "token_type_ids").Select(input => input.Name)];
        var values = names.Select((name, i) => $"inputs[\"{name}\"] = {(i == 0 ? "np.array([ids], dtype=np.int64)" : i == 1 ? "np.ones((1, len(ids)), dtype=np.int64)" : "np.zeros((1, len(ids)), dtype=np.int64)")}\n");
        var ids = Snippets.IsKnown(text)
            ? $"""
            # Token ids by the vocabulary in the file's metadata.
            text = next(item["text"] for item in about["inputs"] if "text" in item)
            lines = base64.b64decode(next(iter(text["files"].values()))).decode("utf-8").split()
            tokenizer = BertWordPieceTokenizer({"{token: id for id, token in enumerate(lines)}"}, lowercase={(text.LowerCase ? "True" : "False")})
            tokenizer.enable_truncation({text.MaxTokens})
            ids = tokenizer.encode({Snippets.Quoted(text.Prefix)} + sys.argv[1]).ids

            """
            : $"""
            # Token ids of a {text.Tokenizer} tokenizer with the files in this file's metadata, at most {text.MaxTokens} with the special ones.
            ids = [int(id) for id in sys.argv[1:]]

            """;
        return ids + string.Concat(values);
    }

    private static string Run(FineTuneTask task) => task switch
    {
        FineTuneTask.Regression => """

            print(session.run(["scores"], inputs)[0][0, 0])

            """,
        FineTuneTask.MultiLabel => """

            scores, given = session.run(["scores", "labels"], inputs)
            for label, score, is_given in zip(about["labels"], scores[0], given[0]):
                print(f"{label} {score:.4f} {is_given}")

            """,
        _ => """

            label, scores = session.run(["label", "scores"], inputs)
            print(label[0])
            for score, name in sorted(zip(scores[0], about["labels"]), reverse=True):
                print(f"{name} {score:.4f}")

            """,
    };

    private const string Pixels = """


        def pixels(path, height, width, size, kernel, background):
            image = ImageOps.exif_transpose(Image.open(path)).convert("RGBA")
            image = Image.alpha_composite(Image.new("RGBA", image.size, background), image).convert("RGB")
            image = image.resize(size(*image.size), kernel)
            canvas = Image.new("RGB", (width, height), background)
            canvas.paste(image, (-round((image.width - width) / 2), -round((image.height - height) / 2)))
            return np.asarray(canvas)[np.newaxis]


        """;
}
