using FeatureTransfer.Extraction;

namespace FeatureTransfer.Tests.Shared;

/// <summary>A temporary folder with images of one colour each and a small backbone, which doubles a colour and adds one.</summary>
internal sealed class ColourImages : IDisposable
{
    public ColourImages(int count = 6)
    {
        Paths = [.. Enumerable.Range(0, count).Select(i => Write($"{i}.png", TestImages.SolidPng(9, 7, Grey(i), 51, 255)))];
        Backbone = Path.Combine(Folder, "colours.onnx");
        SmallModels.Colours().Save(Backbone);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("ft-colours-").FullName;

    public IReadOnlyList<string> Paths { get; }

    public string Backbone { get; }

    public ExtractFeaturesOptions Options => new() { Backbone = Backbone, BatchSize = 2, UseCache = false };

    /// <summary>The features of an image: the mean over its pixels of 2 x + 1.</summary>
    public static float[] Expected(int image) => [(2 * Grey(image) / 255f) + 1, 1.4f, 3f];

    public string Write(string name, byte[] content)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static byte Grey(int image) => (byte)(image * 10);
}
