using FeatureTransfer.Extraction;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Extraction;

public class FeaturePredictorTests
{
    private ColourImages _images = null!;
    private FeaturePredictor _predictor = null!;

    [OneTimeSetUp]
    public void Make()
    {
        _images = new ColourImages(20);
        _predictor = new FeaturePredictor(_images.Options);
    }

    [OneTimeTearDown]
    public void Remove()
    {
        _predictor.Dispose();
        _images.Dispose();
    }

    [Test]
    public async Task Predict_PathBytesAndStream_GiveTheSame()
    {
        var bytes = File.ReadAllBytes(_images.Paths[7]);
        var expected = _predictor.Predict(_images.Paths[7]);
        Assert.That(expected, Is.EqualTo(ColourImages.Expected(7)).Within(1e-5).And.Length.EqualTo(_predictor.FeatureLength));
        Assert.That(_predictor.Predict(bytes), Is.EqualTo(expected));
        Assert.That(_predictor.Predict(new MemoryStream(bytes)), Is.EqualTo(expected));
        Assert.That(_predictor.Predict(new Trickle(bytes)), Is.EqualTo(expected), "a stream whose length is not known");
        Assert.That(await _predictor.PredictAsync(_images.Paths[7]), Is.EqualTo(expected));
        Assert.That(await _predictor.PredictAsync(bytes), Is.EqualTo(expected));
        Assert.That(await _predictor.PredictAsync(new MemoryStream(bytes)), Is.EqualTo(expected));
        Assert.That(await _predictor.PredictAsync(new Trickle(bytes)), Is.EqualTo(expected));
    }

    [Test]
    public void Predict_StreamOfManyBytes_IsReadWhole()
    {
        var bytes = TestImages.SolidPng(9, 7, 10, 51, 255).Concat(new byte[300_000]).ToArray();
        Assert.That(_predictor.Predict(new Trickle(bytes)), Is.EqualTo(_predictor.Predict(bytes)));
    }

    [Test]
    public void Predict_BadImages_SayWhatIsWrong()
    {
        Assert.That(() => _predictor.Predict("missing.png"), Throws.TypeOf<BadInputException>().With.Message.Contains("missing.png"));
        Assert.That(() => _predictor.Predict(""), Throws.TypeOf<BadInputException>().With.Message.Contains("no path"));
        Assert.That(() => _predictor.Predict(new byte[] { 1, 2, 3 }), Throws.TypeOf<BadInputException>().With.Message.Contains("the image"));
        Assert.That(async () => await _predictor.PredictAsync(new MemoryStream()), Throws.TypeOf<BadInputException>());
        Assert.That(_predictor.Predict(_images.Paths[1]), Is.EqualTo(ColourImages.Expected(1)).Within(1e-5), "the next is right again");
    }

    [Test]
    public void Predict_Cancelled_DoesNotBegin()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.That(() => _predictor.Predict(_images.Paths[0], source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await _predictor.PredictAsync(_images.Paths[0], source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>The long form, with the time that calls take, is in the benchmarks: <c>--load</c>.</summary>
    [Test, CancelAfter(60_000)]
    public void Predict_64Callers_AllGetTheRightAnswerInBoundedMemory(CancellationToken stop)
    {
        var images = _images.Paths.Select(File.ReadAllBytes).ToArray();
        var expected = Array.ConvertAll(images, image => _predictor.Predict(image));
        var wrong = 0;
        var callers = Enumerable.Range(0, 64).Select(caller => new Thread(() =>
        {
            for (var call = 0; call < 10; call++)
            {
                var image = ((caller * 7) + call) % images.Length;
                var answer = call % 2 == 0 ? _predictor.Predict(images[image], stop) : _predictor.Predict(new MemoryStream(images[image]), stop);
                if (!answer.AsSpan().SequenceEqual(expected[image]))
                    Interlocked.Increment(ref wrong);
            }
        })).ToList();
        callers.ForEach(caller => caller.Start());
        callers.ForEach(caller => caller.Join());
        Assert.That(wrong, Is.Zero);
        Assert.That((((FixedEngine)_predictor.Engine).Pool.Rented, ((FixedEngine)_predictor.Engine).Pool.Kept), Is.EqualTo((0, ((FixedEngine)_predictor.Engine).Pool.Kept)));
        Assert.That(((FixedEngine)_predictor.Engine).Pool.Kept, Is.LessThanOrEqualTo(Environment.ProcessorCount));
    }

    [Test, CancelAfter(60_000)]
    public async Task PredictAsync_64Callers_AllGetTheRightAnswer(CancellationToken stop)
    {
        var expected = _images.Paths.Select(path => _predictor.Predict(path)).ToArray();
        var answers = await Task.WhenAll(Enumerable.Range(0, 640).Select(call => _predictor.PredictAsync(_images.Paths[call % 20], stop)));
        Assert.That(answers.Where((answer, call) => !answer.AsSpan().SequenceEqual(expected[call % 20])), Is.Empty);
    }

    [Test, CancelAfter(60_000)]
    public void Dispose_WhileCallersWait_AnswersThemAndRefusesTheNext(CancellationToken stop)
    {
        var predictor = new FeaturePredictor(_images.Options);
        var calls = Enumerable.Range(0, 100).Select(call => predictor.PredictAsync(_images.Paths[call % 20], stop)).ToList();
        predictor.Dispose();
        Assert.That(calls.Count(call => call.IsCompletedSuccessfully || call.Wait(10_000, stop)), Is.EqualTo(100));
        Assert.That(() => predictor.Predict(_images.Paths[0]), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(predictor.Dispose, Throws.Nothing);
    }

    [Test]
    public void PredictionEngine_BytesInMemory_GivesTheFeatures()
    {
        var ml = new MLContext(1);
        var rows = ml.Data.LoadFromEnumerable(new[] { new BytesRow { Image = File.ReadAllBytes(_images.Paths[0]) } });
        var chain = ml.Transforms.ExtractFeatures(_images.Options with { InputColumnName = "Image" })
            .Append(ml.Transforms.NormalizeLpNorm("Unit", "Features"))
            .Fit(rows);
        using var engine = ml.Model.CreatePredictionEngine<BytesRow, FeaturesRow>(chain);
        for (var i = 0; i < 20; i++)
        {
            var answer = engine.Predict(new BytesRow { Image = File.ReadAllBytes(_images.Paths[i]) });
            var expected = ColourImages.Expected(i);
            var length = MathF.Sqrt(expected.Sum(value => value * value));
            Assert.That(answer.Features, Is.EqualTo(expected).Within(1e-5));
            Assert.That(answer.Unit, Is.EqualTo(expected.Select(value => value / length)).Within(1e-5));
        }

        Assert.That(() => engine.Predict(new BytesRow { Image = [1, 2] }), Throws.TypeOf<BadInputException>().With.Message.Contains("'Image'"));
    }

    private sealed class BytesRow
    {
        public byte[] Image { get; set; } = [];
    }

    private sealed class FeaturesRow
    {
        public float[] Features { get; set; } = [];

        public float[] Unit { get; set; } = [];
    }

    /// <summary>Gives a few bytes at a time and does not know its length, as a network does.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1000)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1000)], cancellationToken);
    }
}
