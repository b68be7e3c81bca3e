using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Extraction;

/// <summary>Texts through a backbone whose features can be computed by hand.</summary>
public class TextExtractionTests
{
    private static readonly string[] _texts = ["a b c", "h", "", "a a a a a a a", "zzz", "c h"];
    private readonly MLContext _ml = new(1);
    private SmallTexts _small = null!;

    [OneTimeSetUp]
    public void Create() => _small = new SmallTexts();

    [OneTimeTearDown]
    public void Remove() => _small.Dispose();

    [Test]
    public void Extract_Cls_IsTheFirstTokensState() =>
        AssertFeatures(Pooling.Cls, ids => SmallTexts.Hidden(ids)[0]);

    [Test]
    public void Extract_Last_IsTheLastTokensStateAndNotTheFillings() =>
        AssertFeatures(Pooling.Last, ids => SmallTexts.Hidden(ids)[^1]);

    [Test]
    public void Extract_Max_IsTheLargestOfTheTokensAlone() =>
        AssertFeatures(Pooling.Max, ids => [SmallTexts.Hidden(ids).Max(state => state[0]), SmallTexts.Hidden(ids).Max(state => state[1])]);

    [Test]
    public void Extract_Avg_IsTheMeanOfTheTokensAlone() =>
        AssertFeatures(Pooling.Avg, ids => [SmallTexts.Hidden(ids).Average(state => state[0]), SmallTexts.Hidden(ids).Average(state => state[1])]);

    [Test]
    public void Extract_Gem_IsTheGeneralizedMeanOfTheTokensAlone() =>
        AssertFeatures(Pooling.Gem, ids => [.. Enumerable.Range(0, 2).Select(i => Math.Cbrt(SmallTexts.Hidden(ids).Average(state => Math.Pow(Math.Max(0, state[i]), 3))))]);

    [Test]
    public void Extract_UnitLength_DividesByTheLength() => AssertFeatures(
        Pooling.Cls,
        ids => [.. SmallTexts.Hidden(ids)[0].Select(value => value / Math.Sqrt(SmallTexts.Hidden(ids)[0].Sum(state => state * state)))],
        options => options with { UnitLength = true });

    [Test]
    public void Extract_NetworkWithoutMask_IsPooledByTheMaskAllTheSame()
    {
        using var plain = new SmallTexts(knowsMask: false);
        using var extractor = new FeatureExtractor(plain.Options with { Pooling = Pooling.Avg });
        Assert.That(extractor.Extract(["a b c", "h"]).Select(row => row.Features[0]), Is.EqualTo(new[] { (2 + 4 + 5 + 6 + 3) / 5f, (2 + 11 + 3) / 3f }).Within(1e-5));
    }

    [TestCase(Pooling.None)]
    [TestCase(Pooling.Flatten)]
    public void Extract_PoolingThatKeepsTokens_SaysWhatFits(Pooling pooling) => Assert.That(
        () => new FeatureExtractor(_small.Options with { Pooling = pooling }),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("different numbers of tokens").And.Message.Contains("'avg'"));

    [Test]
    public void Extract_LongText_IsCutAtTheCardsLength()
    {
        var words = string.Join(' ', Enumerable.Repeat("b", 50));
        using var extractor = new FeatureExtractor(_small.Options with { Pooling = Pooling.Last });
        Assert.That(extractor.Extract([words]).Single().Features, Is.EqualTo(SmallTexts.Hidden(SmallTexts.Ids(string.Join(' ', Enumerable.Repeat("b", SmallTexts.MaxTokens - 2))))[^1]).Within(1e-4));
    }

    [Test]
    public void Extract_LongTextInWindows_IsTheMeanOverThem()
    {
        var options = _small.Options with { Pooling = Pooling.Cls, Preprocessing = new TextPreprocessing { MaxTokens = 8, LongText = LongText.Windows, Overlap = 2 } };
        using var extractor = new FeatureExtractor(options);
        string[] windows = ["a b c d e f", "e f g h a b", "a b c"];
        var expected = Enumerable.Range(0, 2).Select(i => windows.Average(window => SmallTexts.Hidden(SmallTexts.Ids(window))[0][i]));
        Assert.That(extractor.Extract(["a b c d e f g h a b c"]).Single().Features, Is.EqualTo(expected).Within(1e-4));
    }

    [Test]
    public void Extract_ManyTexts_KeepTheirOrderAndAreAsAlone()
    {
        var random = new Random(3);
        string[] texts = [.. Enumerable.Range(0, 700).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(0, 14)).Select(_ => SmallTexts.Words[random.Next(8)])))];
        using var extractor = new FeatureExtractor(_small.Options with { Pooling = Pooling.Avg, BatchSize = 5 });
        var together = extractor.Extract(texts).ToList();
        Assert.That(together.Select(row => row.Input), Is.EqualTo(texts));
        for (var i = 0; i < texts.Length; i += 50)
            Assert.That(extractor.Extract([texts[i]]).Single().Features, Is.EqualTo(together[i].Features).Within(1e-5));
    }

    [Test]
    public void Extract_SecondTime_ComesFromTheCacheToTheBit()
    {
        using var cache = new FeatureCache(_small.PathOf("cache"));
        var services = FeatureTransferServices.Default with { Cache = cache };
        using var first = new FeatureExtractor(_small.Options with { UseCache = true }, services);
        using var second = new FeatureExtractor(_small.Options with { UseCache = true }, services);
        var computed = first.Extract(_texts).Select(row => row.Features).ToList();
        Assert.That(second.Extract(_texts.Reverse()).Select(row => row.Features), Is.EqualTo(computed.AsEnumerable().Reverse()));
        Assert.That((first.RowsComputed, second.RowsComputed), Is.EqualTo(((long)_texts.Length, 0L)));
    }

    [Test]
    public void Extract_SourceFails_GivesTheRowsBeforeAndThenTheFailure()
    {
        using var extractor = new FeatureExtractor(_small.Options);
        var rows = new List<string>();
        Assert.That(() => rows.AddRange(extractor.Extract(Failing()).Select(row => row.Input)), Throws.TypeOf<InvalidTimeZoneException>());
        using var one = extractor.Extract(Failing()).GetEnumerator();
        Assert.That((one.MoveNext(), one.Current.Input), Is.EqualTo((true, "a")));

        static IEnumerable<string> Failing()
        {
            yield return "a";
            throw new InvalidTimeZoneException();
        }
    }

    [Test]
    public void Extract_VocabularyLargerThanTheNetwork_SaysWhatToLookAt()
    {
        using var other = new SmallTexts();
        File.AppendAllText(other.PathOf("vocab.txt"), "zebra\n");
        using var extractor = new FeatureExtractor(other.Options);
        Assert.That(() => extractor.Extract(["a", "zebra", "b"]).ToList(), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("Look at the card's inputs"));
    }

    [Test]
    public void Extract_Cancelled_Stops()
    {
        using var extractor = new FeatureExtractor(_small.Options);
        using var stop = new CancellationTokenSource();
        var rows = extractor.Extract(Enumerable.Repeat("a b", int.MaxValue), stop.Token);
        Assert.That(() => rows.Select((_, i) => i).First(i => Cancel(i)), Throws.InstanceOf<OperationCanceledException>());

        bool Cancel(int row)
        {
            if (row == 300)
                stop.Cancel();
            return false;
        }
    }

    [Test]
    public void Extract_ConsumerStops_LeavesTheSourceAlone()
    {
        using var extractor = new FeatureExtractor(_small.Options);
        var read = 0;
        Assert.That(extractor.Extract(Counting()).First().Input, Is.EqualTo("a b"));
        var after = read;
        Thread.Sleep(50);
        Assert.That(read, Is.EqualTo(after));

        IEnumerable<string> Counting()
        {
            for (; ; read++)
                yield return "a b";
        }
    }

    [Test]
    public void Transform_Pair_ReadsBothWithTheirTypes()
    {
        using var model = _ml.Transforms.ExtractFeatures(_small.Options with { Pooling = Pooling.Last, PairColumnName = "Other" }).Fit(Pairs());
        var last = SmallTexts.Hidden([2, 4, 5, 3, 6, 3])[^1];
        Assert.That(model.Transform(Pairs()).GetColumn<float[]>("Features").First(), Is.EqualTo(last.Select(value => value + 100)).Within(1e-4));
    }

    [Test]
    public void Transform_PairColumnIsMissing_NamesIt() => Assert.That(
        () => _ml.Transforms.ExtractFeatures(_small.Options with { PairColumnName = "Otter" }).Fit(Pairs()),
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("no column 'Otter'").And.Message.Contains("'Other'"));

    [Test]
    public void Fit_PreprocessingOfImages_SaysWhatTheBackboneTakes() => Assert.That(
        () => _ml.Transforms.ExtractFeatures(_small.Options with { Preprocessing = new ImagePreprocessing() }).Fit(Pairs()),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("takes text").And.Message.Contains("for image"));

    [Test]
    public void Fit_MoreTokensThanTheBackboneReads_SaysHowMany() => Assert.That(
        () => _ml.Transforms.ExtractFeatures(_small.Options with { Preprocessing = new TextPreprocessing { MaxTokens = 13 } }).Fit(Pairs()),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("reads 12 at most"));

    [TestCase(false)]
    [TestCase(true)]
    public void SaveAndLoad_EitherReader_GivesTheSameFeatures(bool pairs)
    {
        var rows = Pairs();
        var options = _small.Options with
        {
            PairColumnName = pairs ? "Other" : null,
            Preprocessing = new TextPreprocessing { MaxTokens = 8, LongText = LongText.Windows, Overlap = 2 },
        };
        using var model = _ml.Transforms.ExtractFeatures(options).Fit(rows);
        var path = _small.PathOf($"model-{pairs}.ftm");
        _ml.Model.SaveBundle(model, rows.Schema, path);
        var expected = model.Transform(rows).GetColumn<float[]>("Features").ToList();
        var plain = _ml.Model.Load(path, out _);
        var ours = _ml.Model.LoadBundle(path, out _);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plain.Transform(rows).GetColumn<float[]>("Features"), Is.EqualTo(expected).Within(1e-4));
            Assert.That(ours.Transform(rows).GetColumn<float[]>("Features"), Is.EqualTo(expected));
            Assert.That(ours, Is.TypeOf<TransformerChain<ITransformer>>().Or.TypeOf<ExtractFeaturesTransformer>());
        }

        (plain as IDisposable)?.Dispose();
        (ours as IDisposable)?.Dispose();
    }

    [Test]
    public void PredictionEngine_OneText_GivesWhatTransformGives()
    {
        using var model = _ml.Transforms.ExtractFeatures(_small.Options).Fit(Pairs());
        using var engine = _ml.Model.CreatePredictionEngine<TextRow, FeatureRow>(model);
        Assert.That(engine.Predict(new TextRow { Text = "a b" }).Features, Is.EqualTo(model.Transform(Pairs()).GetColumn<float[]>("Features").First()).Within(1e-6));
    }

    private void AssertFeatures(Pooling pooling, Func<int[], double[]> expected, Func<ExtractFeaturesOptions, ExtractFeaturesOptions>? change = null)
    {
        var options = _small.Options with { Pooling = pooling };
        using var extractor = new FeatureExtractor(change is null ? options : change(options));
        var features = extractor.Extract(_texts).Select(row => row.Features).ToList();
        using (Assert.EnterMultipleScope())
        {
            for (var i = 0; i < _texts.Length; i++)
                Assert.That(features[i], Is.EqualTo(expected(SmallTexts.Ids(_texts[i]))).Within(2e-4), _texts[i]);
        }
    }

    private IDataView Pairs() => _ml.Data.LoadFromEnumerable(new TextRow[]
    {
        new() { Text = "a b", Other = "c" },
        new() { Text = "a b c d e f g h a b c", Other = "d e f g h" },
        new() { Text = "", Other = "" },
        new() { Text = "naïve \ud800 \"quoted\" \\", Other = "ü" },
    });

    private sealed class TextRow
    {
        public string Text { get; set; } = "";

        public string Other { get; set; } = "";
    }

    private sealed class FeatureRow
    {
        public float[] Features { get; set; } = [];
    }
}
