using FeatureTransfer.FineTuning;
using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>Texts and numbers in pipelines: run, saved, asked again.</summary>
public class TextPipelineTests
{
    private SmallTexts _small = null!;

    [SetUp]
    public void Create()
    {
        _small = new SmallTexts();
        var random = new Random(4);
        var lines = Enumerable.Range(0, 80).Select(i => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(i % 2 == 0 ? "with" : "without")};\"{Words(random, i % 2 == 0)}\";{(i % 2 == 0 ? 1 : 0) + random.NextDouble():F2}"));
        File.WriteAllLines(_small.PathOf("rows.csv"), ["label;words;amount", .. lines]);
    }

    [TearDown]
    public void Remove() => _small.Dispose();

    [Test]
    public async Task Run_Texts_LearnsSavesAndAnswers()
    {
        var result = await RunAsync(Definition());
        using var bundle = Bundle.Load(result.BundlePath!);
        var answers = bundle.PredictTexts(["a b h", "a b c"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Test!.Metrics["microAccuracy"], Is.GreaterThan(0.8));
            Assert.That(result.TextColumns, Is.EqualTo(new[] { "words" }));
            Assert.That(answers.Select(answer => (answer.Input, answer.Label)), Is.EqualTo(new[] { ("a b h", "with"), ("a b c", "without") }));
            Assert.That((bundle.ReadsTexts, bundle.ReadsColumns), Is.EqualTo((true, true)));
            Assert.That(result.Test.Predictions[0].Input, Does.Match("^[a-h ]+$"), "a row goes by its text");
        }
    }

    [Test]
    public async Task PredictTable_TextsAndNumbers_AnswersEachRow()
    {
        var definition = Definition();
        var result = await RunAsync(definition with
        {
            Data = (CsvSource)definition.Data with { Numbers = ["amount"] },
            Estimators = [Extract() with { Output = "Words" }, new ConcatenateStep { Output = "Features", Inputs = ["Words", "amount"] }, .. definition.Estimators.Skip(1)],
        });
        using var bundle = Bundle.Load(result.BundlePath!);
        File.WriteAllText(_small.PathOf("new.csv"), "amount;words\n1,5;a h\n0,2;a c\nmany;a\n");
        var rejected = new RejectedRowCollector();
        var answers = bundle.PredictTable(_small.PathOf("new.csv"), rejected);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Select(answer => answer.Label), Is.EqualTo(new[] { "with", "without" }));
            Assert.That(rejected.Rows.Single().Reason, Does.Contain("\"amount\" is \"many\""));
            Assert.That(() => bundle.PredictTexts(["a"]), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("words, amount"));
            Assert.That(() => bundle.PredictTable(_small.PathOf("vocab.txt")), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("is no table"));
        }
    }

    [TestCase("tr-TR")]
    [TestCase("de-DE")]
    public async Task Run_OtherCulture_WritesTheSameFiles(string culture)
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        await RunAsync(Definition());
        var (predictions, written) = (_small.PathOf("out/predictions.csv"), File.ReadAllText(_small.PathOf("out/predictions.csv")));
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo(culture);
            var result = await RunAsync(Definition());
            using var bundle = Bundle.Load(result.BundlePath!);
            Assert.That(bundle.PredictTexts(["a h"])[0].Label, Is.EqualTo("with"));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }

        Assert.That(File.ReadAllText(predictions), Is.EqualTo(written));
    }

    [Test]
    public async Task Run_NGrams_IsComparedOnTheSameRows()
    {
        var result = await RunAsync(Definition() with { Evaluation = new EvaluationOptions { Baseline = Baseline.NGrams } });
        Assert.That((result.Baseline!.Name, result.Baseline.Test!.Predictions.Count), Is.EqualTo(("n-grams", result.Test!.Predictions.Count)));
    }

    [Test]
    public async Task Run_FineTune_LearnsFromTexts()
    {
        var definition = Definition();
        var tune = new FineTuneStep
        {
            Options = new FineTuneOptions { Backbone = _small.CardPath, InputColumnName = "words", TrainableFrom = "vectors", Pooling = Onnx.Pooling.Cls, HeadEpochs = 4, Epochs = 6, LearningRate = 0.05, BatchSize = 16, UseCache = false },
        };
        var result = await RunAsync(definition with { Estimators = [new MapValueToKeyStep { Output = "Label" }, tune], Split = new SplitOptions { Folds = 0 } });
        using var bundle = Bundle.Load(result.BundlePath!);
        Assert.That(bundle.PredictTexts(["a b h a"])[0].Error, Is.Null);
        Assert.That(result.FineTuning, Is.Not.Null);
    }

    [Test]
    public async Task Evaluate_TheSameTable_FindsTheRowsThatTaught()
    {
        var definition = Definition();
        var result = await RunAsync(definition);
        using var bundle = Bundle.Load(result.BundlePath!);
        var evaluation = BundleEvaluation.OnAll(bundle, definition);
        Assert.That(evaluation.TrainedOn, Is.GreaterThanOrEqualTo(result.TrainRows));
    }

    [Test]
    public void Run_OptionOfImages_SaysWhatTheBackboneTakes() => Assert.That(
        async () => await RunAsync(Definition(Extract() with { Preprocessing = new PreprocessingOverride { Height = 8 } })),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("\"preprocessing\"").And.Message.Contains("takes text"));

    [Test]
    public void Run_MissingPairColumn_IsFoundBeforeAnyDataMove() => Assert.That(
        async () => await RunAsync(Definition(Extract() with { Pair = "wrods" })),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("wrods").And.Message.Contains("words"));

    private static async Task<RunResult> RunAsync(PipelineDefinition definition) => await new PipelineRunner().RunAsync(definition);

    private static string Words(Random random, bool with)
    {
        var words = Enumerable.Range(0, random.Next(2, 6)).Select(_ => SmallTexts.Words[random.Next(7)].ToString()).ToList();
        if (with)
            words.Insert(random.Next(words.Count), "h");
        return string.Join(' ', words);
    }

    private ExtractFeaturesStep Extract() => new() { Backbone = _small.CardPath, Input = "words", Pooling = Onnx.Pooling.Max, UseCache = false, Text = new TextPreprocessing { Prefix = "a " } };

    private PipelineDefinition Definition(ExtractFeaturesStep? extract = null) => new()
    {
        Name = "texts",
        Data = new CsvSource { Path = _small.PathOf("rows.csv"), Image = null, Texts = ["words"] },
        Split = new SplitOptions { Folds = 2 },
        Estimators =
        [
            extract ?? Extract(),
            new MapValueToKeyStep { Output = "Label" },
            new NormalizeMeanVarianceStep { Output = "Features", FixZero = false },
            new LbfgsMaximumEntropyStep { L1Regularization = 0, L2Regularization = 0.01f },
        ],
        Outputs = new OutputOptions { Folder = _small.PathOf("out") },
    };
}
