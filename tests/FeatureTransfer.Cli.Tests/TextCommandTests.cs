using System.Globalization;
using System.Text.Json;

namespace FeatureTransfer.Cli.Tests;

/// <summary>Texts and tables on the command line, with a backbone that can be computed by hand.</summary>
public class TextCommandTests
{
    private SmallTexts _small = null!;

    private string Model => _small.PathOf(Path.Combine("out", "model.ftm"));

    [SetUp]
    public void Create() => _small = new SmallTexts();

    [TearDown]
    public void Remove() => _small.Dispose();

    [Test]
    public async Task Extract_LinesTextsAndTables_GivesARowEach()
    {
        File.WriteAllText(_small.PathOf("lines.txt"), "a b\n\nc\n");
        File.WriteAllText(_small.PathOf("table.csv"), "sku;text\n7;a b\n8;d e\n");
        var output = _small.PathOf("features.csv");
        var (code, _, error) = await Ft.RunAsync("extract", "f g", _small.PathOf("lines.txt"), _small.PathOf("table.csv"), "--name", "sku", "--backbone", _small.CardPath, "--pooling", "max", "--no-cache", "--output", output);
        var lines = File.ReadAllLines(output).Skip(1).Select(line => line.Split(',')).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
            Assert.That(lines.Select(line => line[0]), Is.EqualTo(new[] { "f g", "a b", "c", "7", "8" }));
            Assert.That(lines[1][1..], Is.EqualTo(lines[3][1..]).And.Not.EqualTo(lines[4][1..]), "one text, one vector");
        }
    }

    [Test]
    public async Task Extract_FolderOfTexts_NamesRowsByTheirFiles()
    {
        Directory.CreateDirectory(_small.PathOf("texts"));
        File.WriteAllText(_small.PathOf("texts/1.txt"), "a\nb");
        File.WriteAllText(_small.PathOf("texts/notes.md"), "c");
        var output = _small.PathOf("features.csv");
        var (code, text, error) = await Ft.RunAsync("extract", _small.PathOf("texts"), "--backbone", _small.CardPath, "--unit-length", "--no-cache", "--output", output);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(text, Does.Contain("1 rows"));
        Assert.That(File.ReadAllLines(output)[1], Does.Contain("1.txt"));
    }

    [Test]
    public async Task Extract_FileThatIsNotThere_IsNoText() => Assert.That(
        (await Ft.RunAsync("extract", _small.PathOf("absent.txt"), "--backbone", _small.CardPath, "--output", _small.PathOf("features.csv"))).Error,
        Does.Contain("absent.txt: there is no such file"));

    [Test]
    public async Task Predict_TextsAndTables_AnswersEach()
    {
        await TrainAsync("\"texts\": [\"words\"]", "");
        File.WriteAllText(_small.PathOf("new.csv"), "sku,review\nx1,a h\nx2,a c\n");
        var texts = await Ft.RunAsync("predict", Model, "a h", "a c b", "--format", "csv");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(_small.PathOf("texts")).FullName, "1.txt"), "a h");
        File.WriteAllText(_small.PathOf("texts/2.txt"), "a c b");
        var drift = await Ft.RunAsync("drift", Model, _small.PathOf("texts"), "--json");
        var table = await Ft.RunAsync("predict", Model, _small.PathOf("new.csv"), "--column", "review", "--name", "sku", "--json");
        using var json = JsonDocument.Parse(table.Output);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts.Output.Split('\n')[1..3].Select(line => string.Join(' ', line.Split(',')[..2])), Is.EqualTo(new[] { "a h with", "a c b without" }), texts.Error);
            Assert.That(drift.Output, Does.Contain("\"newRows\": 2"), drift.Error);
            Assert.That(json.RootElement.EnumerateArray().Select(row => row.GetProperty("input").GetString()), Is.EqualTo(new[] { "x1", "x2" }));
            Assert.That(json.RootElement.EnumerateArray().Select(row => row.GetProperty("label").GetString()), Is.EqualTo(new[] { "with", "without" }));
        }
    }

    [Test]
    public async Task Predict_SeveralColumns_AreReadOfTablesAndQueries()
    {
        await TrainAsync("\"texts\": [\"words\"], \"numbers\": [\"amount\"]", "{ \"type\": \"Concatenate\", \"output\": \"Features\", \"inputs\": [\"Features\", \"amount\"] },");
        File.WriteAllText(_small.PathOf("new.csv"), "amount,words\n1.2,a h\n0.1,a c\n");
        var table = await Ft.RunAsync("predict", Model, _small.PathOf("new.csv"), "--format", "csv");
        var query = await Ft.RunAsync("predict", Model, _small.PathOf("new.csv"), "--query", "SELECT amount + 0.0 AS amount, words, 'row ' || words AS called FROM data ORDER BY words", "--name", "called", "--format", "csv");
        var lacking = await Ft.RunAsync("predict", Model, "a h");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Labels(table.Output), Is.EqualTo(new[] { "a h with", "a c without" }), table.Error);
            Assert.That(Labels(query.Output), Is.EqualTo(new[] { "row a c without", "row a h with" }), query.Error);
            Assert.That(lacking.Error, Does.Contain("words, amount"));
        }

        static IEnumerable<string> Labels(string csv) => csv.Trim().Split('\n').Skip(1).Select(line => string.Join(' ', line.Split(',')[..2]));
    }

    [Test]
    public async Task Evaluate_OtherTable_JudgesTexts()
    {
        await TrainAsync("\"texts\": [\"words\"]", "");
        File.WriteAllText(_small.PathOf("new.csv"), "label,words\nwith,a h b\nwithout,a c b\nwithout,c b d\n");
        var (code, output, error) = await Ft.RunAsync("evaluate", Model, _small.PathOf("pipeline.json"), "--all", "--set", $"data.path={_small.PathOf("new.csv")}");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Contain("on 3 rows"));
    }

    [Test]
    public async Task Train_TextsOfATableAndOfAFolder_LearnsThem()
    {
        var rows = Enumerable.Range(0, 40).Select(i => (Label: i % 2 == 0 ? "low" : "high", Text: i % 2 == 0 ? $"a b {"ab"[i / 2 % 2]}" : $"g h {"gh"[i / 2 % 2]}")).ToList();
        File.WriteAllLines(_small.PathOf("rows.csv"), ["stars,review", .. rows.Select(row => $"{row.Label},{row.Text}")]);
        foreach (var ((label, text), i) in rows.Select((row, i) => (row, i)))
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(_small.PathOf(Path.Combine("texts", label))).FullName, $"{i}.txt"), text);
        string[] common = ["--backbone", _small.CardPath, "--folds", "0"];
        var table = await Ft.RunAsync(["train", _small.PathOf("rows.csv"), "--text", "review", "--label", "stars", "--output", _small.PathOf("of-table"), "--save", _small.PathOf("plan.json"), .. common]);
        var folder = await Ft.RunAsync(["train", _small.PathOf("texts"), "--output", _small.PathOf("of-folder"), .. common]);
        var wrong = await Ft.RunAsync(["train", _small.PathOf("texts"), "--output", _small.PathOf("no"), "--backbone", "resnet_18.mlnet"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(table.Code, Is.EqualTo(ExitCodes.Ok), table.Error);
            Assert.That(table.Output, Does.Contain("40 rows, 2 labels").And.Contain("n-grams"));
            Assert.That(File.ReadAllText(_small.PathOf("plan.json")), Does.Contain("\"input\": \"review\"").And.Contain("nGrams"));
            Assert.That(folder.Code, Is.EqualTo(ExitCodes.Ok), folder.Error);
            Assert.That((await Ft.RunAsync("predict", _small.PathOf("of-folder/model.ftm"), "g g h", "--format", "csv")).Output, Does.Contain("g g h,high"));
            Assert.That(wrong.Error, Does.Contain("takes image").And.Contain("holds text"));
        }
    }

    private async Task TrainAsync(string columns, string steps)
    {
        var random = new Random(4);
        File.WriteAllLines(_small.PathOf("rows.csv"), ["label,words,amount", .. Enumerable.Range(0, 80).Select(i => string.Create(CultureInfo.InvariantCulture, $"{(i % 2 == 0 ? "with" : "without")},{(i % 2 == 0 ? "h " : "")}{Words(random)},{(i % 2 == 0 ? 1 : 0) + random.NextDouble():F2}"))]);
        File.WriteAllText(_small.PathOf("pipeline.json"), $$"""
            {
              "data": { "type": "csv", "path": "rows.csv", "image": null, {{columns}} },
              "split": { "folds": 0 },
              "estimators": [
                { "type": "ExtractFeatures", "input": "words", "pooling": "max", "backbone": "card.json", "useCache": false },
                {{steps}}
                { "type": "MapValueToKey", "output": "Label" },
                { "type": "NormalizeMeanVariance", "output": "Features", "fixZero": false },
                { "type": "LbfgsMaximumEntropy", "l1Regularization": 0, "l2Regularization": 0.01 },
              ],
            }
            """);
        var (code, output, error) = await Ft.RunAsync("run", _small.PathOf("pipeline.json"));
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Not.Contain("photo.jpg"));
    }

    private static string Words(Random random) => string.Join(' ', Enumerable.Range(0, 3).Select(_ => SmallTexts.Words[random.Next(7)]));
}
