namespace FeatureTransfer.Cli.Tests;

/// <summary>A model of one's own and an image in a folder; what was added to the home goes with it.</summary>
internal sealed class OwnModel : IDisposable
{
    public OwnModel()
    {
        SmallModels.Stages().Save(Model);
        File.WriteAllBytes(Image, TestImages.Png(80, 64, TestImages.Ramp(80, 64)));
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("ft-own-").FullName;

    public string Model => Path.Combine(Root, "net.onnx");

    public string Image => Path.Combine(Root, "photo.png");

    /// <summary>A card that does not lie in the home.</summary>
    public string Card => Path.Combine(Root, "card.json");

    /// <summary>Where the card lies by default.</summary>
    public static string HomeCard(string id) => Path.Combine(FeatureTransferPaths.Cards, $"{id}.json");

    public Task<FtOutcome> AddAsync(params string[] more) => Ft.RunAsync(["models", "add", Model, .. more]);

    public void Dispose()
    {
        Directory.Delete(Root, recursive: true);
        if (Directory.Exists(FeatureTransferPaths.Cards))
            Directory.Delete(FeatureTransferPaths.Cards, recursive: true);
    }
}
