using DuckDB.NET.Data;
using FeatureTransfer.Backbones;
using FeatureTransfer.Onnx;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Sql;
using Microsoft.Data.Sqlite;
using NetVips;

namespace FeatureTransfer.Cli.Tests.Documentation;

/// <summary>
/// A temporary folder with all that the pages speak of: photographs, tables, texts, models, pipelines. Small networks go by the ids of the
/// backbones that the pages name, by cards in <c>onnx-models</c>.
/// </summary>
internal sealed class DocumentedFolder : IDisposable
{
    private const int PerClass = 12;
    private readonly StripedImages _stripes = new(1);
    private readonly SmallTexts _texts = new();

    public DocumentedFolder()
    {
        foreach (var name in new[] { "photos", "flowers" })
        {
            for (var i = 0; i < PerClass; i++)
            {
                Write($"{name}/good/{i}.jpg", Jpeg(40 + i, 200, 60));
                Write($"{name}/defect/{i}.jpg", Jpeg(200, 40 + i, 60));
            }
        }

        for (var i = 0; i < PerClass; i++)
        {
            Write($"recordings/low/speaker{i}_{i}.wav", Tones.Wav(220 + i, 0.5));
            Write($"recordings/high/speaker{i}_{i}.wav", Tones.Wav(880 + i, 0.5));
            Write($"more/{i}.wav", Tones.Wav(400 + i, 0.5));
        }

        Write("new.wav", Tones.Wav(300, 0.5));
        Write("photo.jpg", Jpeg(50, 190, 70));
        Write("new-photo.jpg", Jpeg(190, 50, 70));
        MakeBackbones();
        MakeTables();
        MakePipelines();
        Write("bin/ft", $"#!/bin/sh\nexec '{Environment.ProcessPath}' '{typeof(FtApp).Assembly.Location}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathOf("bin/ft"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("ft-pages-").FullName;

    /// <summary>The folder of the program.</summary>
    public string Programs => PathOf("bin");

    /// <summary>FT_HOME.</summary>
    public string Home => PathOf("home");

    /// <summary>Where <c>ft train photos</c> writes.</summary>
    public string Trained => PathOf("out/photos");

    /// <summary>The cards that stand for the real ones.</summary>
    public FeatureTransferServices Services => FeatureTransferServices.Default with
    {
        Catalog = new ModelCatalog(Directory.EnumerateFiles(PathOf("onnx-models"), "*.json").Select(ModelCardReader.ReadFile).Concat(ModelCatalog.LoadDefault().Cards.Where(card => card.Id.EndsWith(".baseline", StringComparison.Ordinal)))),
        Sql = new SqlEngine(),
    };

    public void Dispose()
    {
        _stripes.Dispose();
        _texts.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    private string PathOf(string name) => Path.Combine(Root, name);

    private void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllBytes(PathOf(name), content);
    }

    private void Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    private static byte[] Jpeg(int red, int green, int blue)
    {
        using var image = Image.NewFromMemory([.. Enumerable.Range(0, 16 * 16).SelectMany(i => new[] { (byte)(red + (i % 16)), (byte)green, (byte)blue })], 16, 16, 3, Enums.BandFormat.Uchar);
        using var named = image.Copy(interpretation: Enums.Interpretation.Srgb);
        return named.JpegsaveBuffer();
    }

    private void MakeBackbones()
    {
        Directory.CreateDirectory(PathOf("vit"));
        SmallModels.Stages().Save(PathOf("resnet50.onnx"));
        SmallModels.Stages().Save(PathOf("convnext_tiny.onnx"));
        SmallModels.Transformer().Save(PathOf("vit/model.onnx"));
        SmallModels.Transformer().Save(PathOf("clip_vision.onnx"));
        SmallModels.ChannelsLast().Save(PathOf("mobilenet_v2.onnx"));
        var image = ModelCardGuess.OfFile(_stripes.Backbone) with
        {
            Id = "resnet_18.mlnet",
            Layers = new Dictionary<string, string> { ["stage2"] = "conv1", ["stage3"] = "conv2", ["stage4"] = "relu2", ["features"] = "flat" },
            DefaultLayers = ["stage3", "features"],
        };
        var text = ModelCardReader.ReadFile(_texts.CardPath);

        // The mean over a text's tokens is zero in this network.
        text = text with { Id = "minilm_l6.sbert", DefaultPooling = Pooling.Cls, Layers = new Dictionary<string, string> { ["layer5"] = "hidden" }, Tokenizer = text.Tokenizer! with { MaxTokens = 256 } };
        SmallModels.Sounds().Save(PathOf("sounds.onnx"));
        var audio = new ModelCard
        {
            Id = "speech_embedding.openwakeword",
            Modality = Inputs.Modality.Audio,
            Source = new ModelSource { Kind = ModelSourceKind.Path, Path = PathOf("sounds.onnx") },
            InputName = "samples",
            Audio = new() { WindowSamples = 1600 },
            Layers = new Dictionary<string, string> { ["block_5"] = "block_5" },
            DefaultLayers = ["windows"],
        };
        foreach (var card in new[] { image, image with { Id = "mobilenet_v2.nsfwjs" }, text, audio })
            Write($"onnx-models/{card.Id}.json", ModelCardReader.Write(card));
    }

    private void MakeTables()
    {
        string[] texts = [.. Enumerable.Range(0, 30).Select(i => string.Join(' ', i % 2 == 0 ? "a b" : "g h", "abcdefgh"[i / 2 % 8], "abcdefgh"[i / 16]))];
        Write("messages.csv", "message,subject\n" + string.Concat(texts.Select((text, i) => $"{text},{(i % 2 == 0 ? "parcel" : "bill")}\n")));
        Write("new.csv", "message\na b\ng h\n");
        Write("cameras.csv", "path,label,camera\n" + string.Concat(Enumerable.Range(0, PerClass).Select(i => $"photos/good/{i}.jpg,good,{(i % 2 == 0 ? "old" : "new")}\nphotos/defect/{i}.jpg,defect,{(i % 3 == 0 ? "old" : "new")}\n")));
        Write("some-labels.csv", "path,label\n" + string.Concat(Enumerable.Range(0, PerClass).Select(i => $"photos/good/{i}.jpg,{(i % 2 == 0 ? "good" : "")}\nphotos/defect/{i}.jpg,{(i % 2 == 0 ? "defect" : "")}\n")));
        Write("both.csv", "path,label,Domain\n" + string.Concat(Enumerable.Range(0, 2 * PerClass).SelectMany(i => new[] { "good", "defect" }.Select(label => $"{(i < PerClass ? "photos" : "flowers")}/{label}/{i % PerClass}.jpg,{label},{(i < PerClass ? "drawing" : "photo")}\n"))));
        Write("reviews.txt", "a b c\ng h\n");
        Write("reviews.csv", "id,review,stars\n" + string.Concat(texts.Select((text, i) => $"{i},{text},{(i % 2 == 0 ? 5 : 1)}\n")));
        Write("sentences.txt", string.Join('\n', texts.Distinct()) + "\n");
        Write("products.csv", "sku,price,weight,label\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"p{i},{(i % 2 * 5) + i},{i},{(i % 2 == 0 ? "shoe" : "coat")}\n")));
        using var shop = new SqliteConnection($"Data Source={PathOf("shop.sqlite")};Pooling=False");
        shop.Open();
        using var command = new SqliteCommand("CREATE TABLE products (sku TEXT, photo TEXT); INSERT INTO products VALUES ('p1', 'photo.jpg'), ('p2', 'new-photo.jpg')", shop);
        command.ExecuteNonQuery();
        Directory.CreateDirectory(PathOf("shards"));
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        using var shard = new DuckDBCommand($"COPY (SELECT content AS image FROM read_blob('{PathOf("photos/good/*.jpg")}')) TO '{PathOf("shards/0.parquet")}' (FORMAT PARQUET)", duck);
        shard.ExecuteNonQuery();
    }

    private void MakePipelines()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Reference.Root, "pipelines"), "*.json"))
            Write($"pipelines/{Path.GetFileName(file)}", File.ReadAllBytes(file));

        // Pages cross-validate it over 25 folds, which takes long with raw pixels beside; PipelineFilesTests runs it as it is.
        Write("pipelines/image-folder.json", File.ReadAllText(PathOf("pipelines/image-folder.json")).Replace("""  "evaluation": { "baseline": "rawPixels" },""", "", StringComparison.Ordinal));
        const string Classify = """{ "type": "MapValueToKey", "output": "Label" }, { "type": "LbfgsMaximumEntropy" }""";
        Train("pipeline.json", """{ "type": "imageFolder", "path": "photos" }""", """{ "type": "ExtractFeatures", "backbone": "resnet_18.mlnet" }, """ + Classify, "model.ftm");
        Train("texts.json", """{ "type": "csv", "path": "messages.csv", "image": null, "texts": ["message"], "label": "subject" }""", """{ "type": "ExtractFeatures", "input": "message", "backbone": "minilm_l6.sbert" }, """ + Classify, "out/model.ftm", "out/text/model.ftm");
        Train("products.json", """{ "type": "csv", "path": "products.csv", "image": null, "numbers": ["price", "weight"] }""", """{ "type": "Concatenate", "output": "Features", "inputs": ["price", "weight"] }, """ + Classify, "out/product/model.ftm");
        Write("cameras.json", File.ReadAllText(PathOf("pipeline.json")).Replace("""{ "type": "imageFolder", "path": "photos" }""", """{ "type": "csv", "path": "cameras.csv" }""", StringComparison.Ordinal));
        Write("search.json", File.ReadAllText(PathOf("pipeline.json")).Replace("\"outputs\"", """ "search": { "options": { "estimators[0].layers": [["stage3"], ["features"]] } }, "outputs" """, StringComparison.Ordinal));
        Write("tune.json", File.ReadAllText(PathOf("pipeline.json")).Replace("""{ "type": "LbfgsMaximumEntropy" }""", """{ "type": "FineTune", "backbone": "resnet_18.mlnet", "augmentation": [{ "type": "horizontalFlip" }] }""", StringComparison.Ordinal));
    }

    private void Train(string file, string data, string steps, params string[] models)
    {
        Write(file, $$"""{ "data": {{data}}, "split": { "testFraction": 0.2, "folds": 0 }, "estimators": [{{steps}}], "outputs": { "folder": "trained" } }""");
        var result = new PipelineRunner(Services).RunAsync(PipelineReader.Read(PathOf(file))).GetAwaiter().GetResult();
        foreach (var model in models)
            Write(model, File.ReadAllBytes(result.BundlePath!));
    }
}
