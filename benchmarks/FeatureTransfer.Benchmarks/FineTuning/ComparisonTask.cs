namespace FeatureTransfer.Benchmarks.FineTuning;

/// <summary>Data that a tuned backbone is compared on with frozen ones.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Frozen">The frozen chains.</param>
/// <param name="Tuned">The tuned chain.</param>
internal sealed record ComparisonTask(string Name, IReadOnlyList<ComparedChain> Frozen, ComparedChain Tuned)
{
    private const string Categories = """["Animals & Nature","Food & Drink","Travel & Places","Objects","Symbols","Activities","Smileys & Emotion","People & Body","Flags"]""";

    private static readonly (string Name, string Backbone, string Layers)[] _taps =
    [
        ("ResNet-18, features", "resnet_18.mlnet", """["features"]"""),
        ("ResNet-18, stage3", "resnet_18.mlnet", """["stage3"]"""),
        ("ResNet-18, stage3 and features", "resnet_18.mlnet", """["stage3","features"]"""),
        ("ResNet-18, stage3, stage4's blocks, features", "resnet_18.mlnet", """["stage3","stage4_block1","stage4_block2","features"]"""),
        ("MobileNetV2, blocks 4, 8, 11, 13", "mobilenet_v2.nsfwjs", """["block_4","block_8","block_11","block_13"]"""),
        ("InceptionV3, mixed5", "inception_v3.nsfwjs", """["mixed5"]"""),
    ];

    /// <summary>Reads the pipelines of a task.</summary>
    /// <param name="name"><c>emoji</c> or <c>flowers</c>.</param>
    /// <param name="images">The flowers' folder.</param>
    /// <param name="overrides">What is laid over the tuned chain's pipeline.</param>
    public static ComparisonTask Read(string name, string? images, IReadOnlyList<string> overrides)
    {
        var folder = PipelineFolder();
        string[] data = name == "flowers"
            ? ["data={\"type\":\"imageFolder\",\"path\":" + System.Text.Json.JsonSerializer.Serialize(images ?? Path.Combine(folder, "..", "..", "shared", "datasets", "flowers")) + "}"]
            : [$"data.where[1].values={Categories}"];
        return new ComparisonTask(
            name,
            [.. _taps.Select(tap => ComparedChain.Read(tap.Name, Path.Combine(folder, "quickstart.json"), [.. data, $"estimators[0].backbone={tap.Backbone}", $"estimators[0].layers={tap.Layers}"]))],
            ComparedChain.Read("tuned", Path.Combine(folder, "fine-tune.json"), [.. data, .. name == "flowers" ? ["estimators[1].groupColumn=null"] : Array.Empty<string>(), .. overrides]));
    }

    private static string PipelineFolder()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "pipelines", "fine-tune.json")))
                return Path.Combine(folder, "pipelines");
        }

        throw new InvalidOperationException("The folder 'pipelines' is not above the program. Run it from a clone of the repository.");
    }
}
