using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using FeatureTransfer.Backbones;
using FeatureTransfer.Inputs;
using FeatureTransfer.Pipelines.Tests.Sql;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>A temporary folder with the same rows in every kind of table, the same images in every kind of container, and as many texts and recordings.</summary>
internal sealed class DataOptionFolder : IDisposable
{
    public const int Rows = 48;
    private readonly StripedImages _images = new(Rows);

    public DataOptionFolder()
    {
        foreach (var row in _images.Rows)
        {
            Directory.CreateDirectory(PathOf($"photos/{row.Class}"));
            File.Copy(row.ImagePath, PathOf($"photos/{row.Class}/{System.IO.Path.GetFileName(row.ImagePath)}"));
        }

        MakeTextsAndTones();
        ZipFile.CreateFromDirectory(PathOf("photos"), PathOf("photos.zip"), CompressionLevel.Fastest, includeBaseDirectory: true);
        TarFile.CreateFromDirectory(PathOf("photos"), PathOf("photos.tar"), includeBaseDirectory: true);
        string[] lines = [.. _images.Rows.Select((row, i) => string.Create(CultureInfo.InvariantCulture, $"{i % 3 + (i / 100.0)},{i % 5},{row.Class},{(i % 2 == 0 ? "yes" : "no")},{(i % 2 == 0 ? "a" : "a|b")},g{i / 2},photos/{row.Class}/{i}.png"))];
        const string Names = "x,y,label,truth,several,group,file";
        File.WriteAllLines(PathOf("rows.csv"), lines.Prepend(Names));
        File.WriteAllLines(PathOf("plain.csv"), lines);
        File.WriteAllLines(PathOf("rows.tsv"), lines.Prepend(Names).Select(line => line.Replace(',', '\t')));
        foreach (var (name, format) in new[] { ("rows.jsonl", "JSON"), ("rows.json", "JSON, ARRAY true"), ("rows.parquet", "PARQUET") })
            DuckDbShell.Execute($"COPY (SELECT * FROM read_csv('{PathOf("rows.csv")}', header = true)) TO '{PathOf(name)}' (FORMAT {format})");
    }

    public string Path => _images.Folder;

    public void Dispose() => _images.Dispose();

    private void MakeTextsAndTones()
    {
        foreach (var (i, row) in _images.Rows.Index())
        {
            foreach (var kind in new[] { "texts", "tones" })
                Directory.CreateDirectory(PathOf($"{kind}/{row.Class}"));
            File.WriteAllText(PathOf($"texts/{row.Class}/{i}.txt"), $"{row.Class} number {i}");
            File.WriteAllBytes(PathOf($"tones/{row.Class}/{i}.wav"), Tones.Wav(200 + (row.Class.Length * 50) + i, 0.1));
        }

        SmallModels.Sounds().Save(PathOf("sounds.onnx"));
        var card = new ModelCard
        {
            Id = "sounds.small",
            Modality = Modality.Audio,
            Source = new ModelSource { Kind = ModelSourceKind.Path, Path = PathOf("sounds.onnx") },
            InputName = "samples",
            Audio = new() { WindowSamples = 1600 },
            DefaultLayers = ["windows"],
        };
        File.WriteAllText(PathOf("sounds.json"), ModelCardReader.Write(card));
    }

    private string PathOf(string name) => System.IO.Path.Combine(_images.Folder, name);
}
