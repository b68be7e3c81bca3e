using NetVips;

namespace FeatureTransfer.Cli.Tests.Samples;

/// <summary>A temporary folder with images of three colours in class folders, a backbone that sees colours, and a pipeline for both.</summary>
internal sealed class ColourFolder : IDisposable
{
    private static readonly (string Label, byte[] Colour)[] _classes = [("red", [220, 30, 30]), ("green", [30, 220, 30]), ("blue", [30, 30, 220])];

    /// <summary>Makes the folder.</summary>
    /// <param name="perClass">Images a class.</param>
    /// <param name="classes">How many of the three classes.</param>
    /// <param name="size">Height and width of an image.</param>
    public ColourFolder(int perClass = 10, int classes = 3, int size = 16)
    {
        foreach (var (label, colour) in _classes.Take(classes))
        {
            Directory.CreateDirectory(Path.Combine(Images, label));
            for (var image = 0; image < perClass; image++)
                File.WriteAllBytes(ImagePath(label, image), Png(Array.ConvertAll(colour, value => (byte)(value + image)), size));
        }

        TinyBackbone.Save(Backbone);
        File.WriteAllText(Pipeline, PipelineText());
    }

    /// <summary>The folder of all.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("ft-colours-").FullName;

    /// <summary>The folder of class folders.</summary>
    public string Images => Path.Combine(Root, "images");

    /// <summary>The backbone.</summary>
    public string Backbone => Path.Combine(Root, "colours.onnx");

    /// <summary>The pipeline.</summary>
    public string Pipeline => Path.Combine(Root, "colours.json");

    /// <summary>The bundle that the pipeline writes.</summary>
    public string Bundle => Output("model.ftm");

    /// <summary>A file in the pipeline's output folder.</summary>
    public string Output(string name) => Path.Combine(Root, "out", name);

    /// <summary>An image.</summary>
    public string ImagePath(string label, int image) => Path.Combine(Images, label, $"{image}.png");

    /// <summary>Writes a file into the folder of images.</summary>
    public string Add(string relative, byte[] content)
    {
        var path = Path.Combine(Images, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>A solid image.</summary>
    public static byte[] Png(byte[] colour, int size = 16)
    {
        byte[] pixels = [.. Enumerable.Range(0, size * size).SelectMany(_ => colour)];
        using var image = Image.NewFromMemory(pixels, size, size, 3, Enums.BandFormat.Uchar);
        using var named = image.Copy(interpretation: Enums.Interpretation.Srgb);
        return named.PngsaveBuffer();
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static string PipelineText() =>
        """
        {
          "data": { "type": "imageFolder", "path": "images" },
          "split": { "testFraction": 0.3, "folds": 2 },
          "estimators": [
            { "type": "ExtractFeatures", "backbone": "colours.onnx" },
            { "type": "MapValueToKey", "output": "Label" },
            { "type": "NormalizeMeanVariance", "output": "Features" },
            { "type": "LbfgsMaximumEntropy" }
          ],
          "outputs": { "folder": "out" }
        }
        """;
}
