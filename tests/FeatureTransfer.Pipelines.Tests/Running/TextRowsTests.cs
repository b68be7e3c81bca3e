using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>Where the texts of pipelines come from, and how their rows are told apart.</summary>
public class TextRowsTests
{
    private SmallTexts _small = null!;

    [SetUp]
    public void Create() => _small = new SmallTexts();

    [TearDown]
    public void Remove() => _small.Dispose();

    [Test]
    public void Read_TableWithoutHeader_CallsColumnsByTheirNumbers()
    {
        File.WriteAllText(_small.PathOf("rows.tsv"), "a \"b\" c\t1\nd e\t0\n");
        var rows = Read(new TsvSource { Path = _small.PathOf("rows.tsv"), Header = false, Image = null, Texts = ["column1"], Label = "column2" });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.Rows.Select(row => (row.Texts[0], row.Label)), Is.EqualTo(new[] { ("a \"b\" c", "1"), ("d e", "0") }));
            Assert.That(rows.ToTable().Text("column1"), Is.EqualTo(new[] { "a \"b\" c", "d e" }));
        }
    }

    [Test]
    public void Read_EmptyTableWithoutHeader_SaysThatRowsAreExpected()
    {
        File.WriteAllText(_small.PathOf("rows.tsv"), "");
        Assert.That(
            () => Read(new TsvSource { Path = _small.PathOf("rows.tsv"), Header = false, Image = null, Texts = ["column1"], Label = "column2" }),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("expected rows"));
    }

    [Test]
    public void Read_TextFolder_TakesContentsAndReportsWhatCannotBeDecoded()
    {
        WriteText("kind/1.txt", "ü b"u8.ToArray());
        WriteText("kind/2.txt", [(byte)'n', 0xE9]);
        WriteText("kind/3.txt", [(byte)'n', 0x81, (byte)'\n']);
        WriteText("unkind/1.txt", "c\nd"u8.ToArray());
        WriteText("unkind/picture.png", [1]);
        var (rejected, notes) = (new RejectedRowCollector(), new List<string>());
        var rows = new TextFolderSource { Path = _small.PathOf("texts") }.Read(new SourceContext(null, rejected, CancellationToken.None) { Note = notes.Add });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.TextNames, Is.EqualTo(new[] { "Text" }));
            Assert.That(rows.Rows.Select(row => (row.Label, row.Texts[0])), Is.EqualTo(new[] { ("kind", "ü b"), ("kind", "né"), ("unkind", "c\nd") }));
            Assert.That(Path.GetFileName(rejected.Rows.Single().Input), Is.EqualTo("3.txt"));
            Assert.That(notes, Has.Some.Contain("1 files were left alone, for they are no texts").And.Some.Contain("1 files are not UTF-8"));
        }
    }

    [Test]
    public void Read_FolderWithoutTexts_SaysWhatIsExpected()
    {
        Directory.CreateDirectory(_small.PathOf("texts/kind"));
        Assert.That(() => Read(new TextFolderSource { Path = _small.PathOf("texts") }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(".txt"));
    }

    [Test]
    public async Task Run_TextFolder_AnswersTextsAndJudgesOtherFolders()
    {
        var random = new Random(2);
        for (var i = 0; i < 30; i++)
        {
            WriteText($"with/{i}.txt", System.Text.Encoding.UTF8.GetBytes($"h {Words(random, 3)}"));
            WriteText($"without/{i}.txt", System.Text.Encoding.UTF8.GetBytes(Words(random, 4)));
        }

        var result = await RunAsync(new TextFolderSource { Path = _small.PathOf("texts") }, "Text");
        using var bundle = Bundle.Load(result.BundlePath!);
        var evaluation = BundleEvaluation.OnFolder(bundle, _small.PathOf("texts"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bundle.ReadsTexts, Is.True, "the paths are names alone");
            Assert.That(bundle.PredictTexts(["h a b c"])[0].Label, Is.EqualTo("with"));
            Assert.That(evaluation.Metrics.Metrics["microAccuracy"], Is.GreaterThan(0.8));
            Assert.That(result.Test!.Predictions[0].Input, Does.EndWith(".txt"));
        }
    }

    [Test]
    public async Task Run_TextsThatRepeat_KeepsThemOnOneSide()
    {
        var random = new Random(3);
        var texts = Enumerable.Range(0, 40).Select(i => (Text: $"{(i % 2 == 0 ? "h " : "")}{Words(random, 6)}", Label: i % 2 == 0 ? "with" : "without")).ToList();
        var result = await RunAsync(Table([.. texts, .. texts]), "words");
        var tested = result.Test!.Predictions.GroupBy(row => row.Input).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Notes, Has.Some.Contain("rows are copies"));
            Assert.That(tested.Select(group => group.Count()), Is.All.EqualTo(2));
        }
    }

    [Test]
    public void Mark_CategoriesThatRepeat_AreNoCopies()
    {
        var source = new SourceRows("rows", [Category("red"), Category("red")], []) { TextNames = ["colour"] };
        var definition = new PipelineDefinition
        {
            Data = new CsvSource { Path = "", Image = null, Texts = ["colour"] },
            Estimators = [new OneHotEncodingStep { Output = "Features", Input = "colour" }],
        };
        var marked = RowCopies.Mark(definition, source.ToTable(), source, [1, 1]);
        var asText = RowCopies.Mark(definition with { Estimators = [new FeaturizeTextStep { Output = "Features", Inputs = ["colour"] }] }, source.ToTable(), source, [1, 1]);
        Assert.That((marked.Text(RowCopies.Column), asText.Text(RowCopies.Column)?.Count), Is.EqualTo(((IReadOnlyList<string>?)null, 2)));

        static SourceRow Category(string colour) => new(null, "label", null, []) { Texts = [colour] };
    }

    [Test]
    public async Task Run_Texts_ReportListsMistakesByTheirTexts()
    {
        var random = new Random(5);
        var result = await RunAsync(Table([.. Enumerable.Range(0, 60).Select(i => ($"a/{Words(random, 3)}", random.Next(2) == 0 ? "with" : "without"))]), "words");
        var html = File.ReadAllText(result.ReportPath!);
        Assert.That(result.HasPaths, Is.False);
        Assert.That(html, Does.Contain("<th>Input</th><th>Predicted</th>").And.Contain("<td>a/").And.Not.Contain("<figure><figcaption>"));
    }

    [Test]
    public async Task Run_BackboneOfTextOnPaths_IsRefused() => Assert.That(
        await Message(new ImageFolderSource { Path = _small.Folder }, "ImagePath"),
        Does.Contain("$.estimators[0]").And.Contain("ImagePath holds paths").And.Contain("data.texts"));

    [Test]
    public async Task Run_TextsCalledLikeAnotherColumn_IsRefused() => Assert.That(
        await Message(new CsvSource { Path = "absent.csv", Image = null, Texts = ["Label"] }, "Label"),
        Does.Contain("$.data.texts").And.Contain("\"Label\""));

    [Test]
    public async Task Run_BaselineOfAnotherModality_IsRefused() => Assert.That(
        await Message(Table([("a", "with")]), "words", Baseline.RawPixels),
        Does.Contain("$.evaluation.baseline").And.Contain("'rawPixels'").And.Contain("images"));

    private async Task<string> Message(DataSource data, string input, Baseline baseline = Baseline.None)
    {
        try
        {
            await RunAsync(data, input, baseline);
            return "";
        }
        catch (FeatureTransferException exception)
        {
            return exception.Message;
        }
    }

    private Task<RunResult> RunAsync(DataSource data, string input, Baseline baseline = Baseline.None) => new PipelineRunner().RunAsync(new PipelineDefinition
    {
        Name = "texts",
        Data = data,
        Split = new SplitOptions { TestFraction = 0.4, Folds = 0 },
        Estimators =
        [
            new ExtractFeaturesStep { Backbone = _small.CardPath, Input = input, Pooling = Onnx.Pooling.Max, UseCache = false },
            new MapValueToKeyStep { Output = "Label" },
            new NormalizeMeanVarianceStep { Output = "Features", FixZero = false },
            new LbfgsMaximumEntropyStep { L1Regularization = 0, L2Regularization = 0.01f },
        ],
        Evaluation = new EvaluationOptions { Baseline = baseline },
        Outputs = new OutputOptions { Folder = _small.PathOf("out") },
    });

    private CsvSource Table(IReadOnlyList<(string Text, string Label)> rows)
    {
        File.WriteAllLines(_small.PathOf("rows.csv"), ["label,words", .. rows.Select(row => $"{row.Label},{row.Text}")]);
        return new CsvSource { Path = _small.PathOf("rows.csv"), Image = null, Texts = ["words"] };
    }

    private static SourceRows Read(DataSource source) => source.Read(new SourceContext(null, new RejectedRowCollector(), CancellationToken.None));

    private static string Words(Random random, int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => SmallTexts.Words[random.Next(7)]));

    private void WriteText(string name, byte[] content)
    {
        var path = _small.PathOf(Path.Combine("texts", name));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}
