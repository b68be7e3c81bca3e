using FeatureTransfer.Backbones;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Server.Tests;

/// <summary>Models that are trained in a moment: of images, texts, rows of a table, and all of these together.</summary>
internal sealed class ToyModels : IDisposable
{
    private readonly ColourImages _images = new(20);
    private readonly SmallTexts _texts = new();

    public string Folder => _images.Folder;

    /// <summary>The bytes of an image: the first ten are dark, the others light.</summary>
    public byte[] Image(int number) => File.ReadAllBytes(_images.Paths[number]);

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Tells dark images from light ones.</summary>
    /// <param name="factor">What the backbone multiplies colours with; the features tell.</param>
    public Task<string> ImagesAsync(float factor = 2)
    {
        SmallModels.Colours(factor).Save(_images.Backbone);
        return TrainAsync($"shades{factor}", Folders(), new ExtractFeaturesStep { Backbone = _images.Backbone }, _classify);
    }

    /// <summary>The same by ML.NET's own transforms, which open files.</summary>
    public Task<string> FilesAsync() => TrainAsync("files", Folders(), new LoadImagesStep { Input = "ImagePath", Output = "Image" }, [new ResizeImagesStep { Output = "Image", ImageWidth = 4, ImageHeight = 4 }, new ExtractPixelsStep { Input = "Image", Output = "Features" }, .. _classify]);

    /// <summary>Tells low tones from high ones.</summary>
    public Task<string> RecordingsAsync()
    {
        SmallModels.Sounds().Save(PathOf("sounds.onnx"));
        var card = new ModelCard { Id = "sounds.local", Modality = Inputs.Modality.Audio, Source = new ModelSource { Kind = ModelSourceKind.Path, Path = PathOf("sounds.onnx") }, InputName = "samples", Audio = new() { WindowSamples = 1600 }, DefaultLayers = ["windows"] };
        File.WriteAllText(PathOf("sounds.json"), ModelCardReader.Write(card));
        for (var i = 0; i < 20; i++)
            File.WriteAllBytes(PathOf($"{i}.wav"), Recording(i));
        return TrainAsync("recordings", new ListSource { Items = [.. Enumerable.Range(0, 20).Select(i => new ListItem { Path = PathOf($"{i}.wav"), Label = i < 10 ? "low" : "high" })] }, new ExtractFeaturesStep { Backbone = PathOf("sounds.json") }, _classify);
    }

    /// <summary>A recording: the first ten are low, the others high.</summary>
    public static byte[] Recording(int number) => Tones.Wav(number < 10 ? 220 + number : 880 + number, 0.5);

    /// <summary>Tells messages of the words a and b from those of g and h.</summary>
    public Task<string> TextsAsync()
    {
        var rows = Enumerable.Range(0, 24).Select(i => $"{(i % 2 == 0 ? "a b" : "g h")} {"abcdefgh"[i / 3]},{(i % 2 == 0 ? "parcel" : "bill")}");
        return TrainAsync("texts", Csv("texts", "message,label", rows, texts: "message"), new ExtractFeaturesStep { Backbone = _texts.CardPath, Input = "message" }, _classify);
    }

    /// <summary>Predicts the number 2 x - y.</summary>
    public Task<string> NumbersAsync() => TrainAsync(
        "numbers", Csv("numbers", "x,y,label", Enumerable.Range(0, 40).Select(i => $"{i % 8},{i % 5},{(2 * (i % 8)) - (i % 5)}"), numbers: ["x", "y"]), new ConcatenateStep { Output = "Features", Inputs = ["x", "y"] }, [new OnlineGradientDescentStep { LearningRate = 0.01f }], PipelineTask.Regression);

    /// <summary>An image with a text and a number beside it.</summary>
    public Task<string> MixedAsync() => TrainAsync(
        "mixed",
        Csv("mixed", "path,brand,price,label", Enumerable.Range(0, 20).Select(i => $"{i}.png,{(i % 2 == 0 ? "Ohm" : "Sit")},{i},{(i < 10 ? "dark" : "light")}"), "path", "brand", "price"),
        new ExtractFeaturesStep { Backbone = _images.Backbone, Output = "Seen" },
        [new OneHotEncodingStep { Input = "brand", Output = "Brand" }, new ConcatenateStep { Output = "Features", Inputs = ["Seen", "Brand", "price"] }, .. _classify]);

    public void Dispose()
    {
        _images.Dispose();
        _texts.Dispose();
    }

    private static readonly PipelineStep[] _classify = [new MapValueToKeyStep { Output = "Label" }, new NormalizeMeanVarianceStep { Output = "Features" }, new LbfgsMaximumEntropyStep { L2Regularization = 0.01f }];

    private ListSource Folders() => new() { Items = [.. _images.Paths.Select((path, i) => new ListItem { Path = path, Label = i < 10 ? "dark" : "light" })] };

    private CsvSource Csv(string name, string header, IEnumerable<string> rows, string? image = null, string? texts = null, params string[] numbers)
    {
        File.WriteAllLines(PathOf($"{name}.csv"), [header, .. rows]);
        return new CsvSource { Path = PathOf($"{name}.csv"), Image = image, Texts = texts is null ? [] : [texts], Numbers = [.. numbers] };
    }

    private async Task<string> TrainAsync(string name, DataSource data, PipelineStep first, IReadOnlyList<PipelineStep> rest, PipelineTask task = PipelineTask.Multiclass)
    {
        var path = PathOf($"out-{name}/model.ftm");
        if (File.Exists(path))
            return path;
        var builder = PipelineDefinition.From(data, name).Split(new SplitOptions { TestFraction = 0, Folds = 2 }).Append(first);
        foreach (var step in rest)
            builder = builder.Append(step);
        var definition = builder.Predict(task).Write(new OutputOptions { Folder = PathOf($"out-{name}") }).Build();
        await new PipelineRunner().RunAsync(definition);
        return path;
    }
}
