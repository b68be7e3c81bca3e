using System.IO.Compression;

namespace FeatureTransfer.Cli.Tests.Samples;

/// <summary>A folder with good files, broken ones and odd ones, and whatever text a user may put where a value belongs.</summary>
internal sealed class HostileFolder : IDisposable
{
    private readonly ColourFolder _colours = new(4, classes: 2);

    public HostileFolder()
    {
        string[] files =
        [
            Write("empty.csv", ""), Write("quote.csv", "path,label\n\"a.png,red\nb\"x.png,blue\n"), Write("rows.csv", "path,label\nimages/red/0.png,red\n"), Write("short.csv", "label,path\nred\n"),
            Write("twice.csv", "path,path\na,b\n"), Write("list.json", "[]"), Write("cut.json", "{\"id\": "), Write("null.json", "null"), Write("text.onnx", "no model"), Write("text.ftm", "no bundle"),
            Write("text.zip", "PK\u0003\u0004"), Write("text.tar.gz", "\u001f\u008b"), Write("text.parquet", "PAR1"), Write("text.sqlite", "SQLite format 3\0"), Write("text.jsonl", "{\n"), Write("card.json", Card),
        ];
        using (var zip = ZipFile.Open(Path.Combine(_colours.Root, "empty.zip"), ZipArchiveMode.Create))
            zip.CreateEntry("a.png");
        Directory.CreateDirectory(Path.Combine(_colours.Root, "bare"));
        Values =
        [
            "", " ", "-1", "0", "1", "2147483648", "NaN", "1e400", "x", "ü\u0301", "a\u0001b", "[", "{}", "a=b", "data.path", "estimators[9].backbone=1", "*", "[0-9", "cpu", "cuda:7", "avg", "int8", "SELECT", "http://127.0.0.1:1/x",
            new string('n', 5000), .. files, Root, _colours.Images, _colours.Backbone, _colours.Pipeline, _colours.ImagePath("red", 0), Path.Combine(Root, "bare"), Path.Combine(Root, "empty.zip"),
            Path.Combine(Root, "no", "such.png"), Path.Combine(Root, "*.png"), Path.Combine(Root, "**", "*.json"), Path.Combine(Root, "out.csv"), Path.Combine(Root, "rows.csv", "below.csv"), Path.Combine(Root, "new\0name"),
        ];
    }

    public string Root => _colours.Root;

    /// <summary>What may stand for any argument.</summary>
    public IReadOnlyList<string> Values { get; }

    public string Pipeline => _colours.Pipeline;

    public string Image => _colours.ImagePath("red", 0);

    /// <summary>A good card.</summary>
    public static string Card =>
        """{ "id": "colours.test", "source": { "kind": "path", "path": "colours.onnx" }, "preprocessing": { "height": 8, "width": 8, "resize": "stretch", "mean": [0, 0, 0], "scale": 1 }, "layers": { "a": "colour" }, "defaultLayers": ["a"], "defaultPooling": "avg", "otherInputs": {}, "golden": [] }""";

    public string Write(string name, string content)
    {
        var path = Path.Combine(Root, name);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => _colours.Dispose();
}
