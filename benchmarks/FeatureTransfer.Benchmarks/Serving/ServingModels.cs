using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Benchmarks.Serving;

/// <summary>Models to serve: one of the default backbone, and two of raw pixels, which open in a moment.</summary>
internal sealed class ServingModels : IDisposable
{
    private const int Rows = 40;

    private ServingModels()
    {
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("ft-serving-").FullName;

    public string ResNet { get; private set; } = "";

    public IReadOnlyList<byte[]> Pixels { get; private set; } = [];

    public static async Task<ServingModels> TrainAsync()
    {
        var models = new ServingModels();
        models.ResNet = await models.TrainAsync("resnet", "resnet_18.mlnet", 1);
        models.Pixels =
        [
            await File.ReadAllBytesAsync(await models.TrainAsync("one", "raw_pixels.baseline", 1)),
            await File.ReadAllBytesAsync(await models.TrainAsync("two", "raw_pixels.baseline", 10)),
        ];
        return models;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private async Task<string> TrainAsync(string name, string backbone, float regularization)
    {
        var rows = EmojiFiles.Take(Rows).Select((path, i) => new ListItem { Path = path, Label = i < Rows / 2 ? "first" : "second" });
        var definition = PipelineDefinition.From(new ListSource { Items = [.. rows] }, name)
            .Split(new SplitOptions { TestFraction = 0, Folds = 0 })
            .Append(new ExtractFeaturesStep { Backbone = backbone })
            .Append(new MapValueToKeyStep { Output = "Label" })
            .Append(new NormalizeMeanVarianceStep { Output = "Features" })
            .Append(new LbfgsMaximumEntropyStep { L2Regularization = regularization })
            .Write(new OutputOptions { Folder = Path.Combine(Folder, name) })
            .Build();
        return (await new PipelineRunner().RunAsync(definition)).BundlePath!;
    }
}
