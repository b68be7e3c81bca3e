using FeatureTransfer.Serving;
using Microsoft.Extensions.Logging;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Serving;

/// <summary>One model file for many callers, and other files in its place.</summary>
public class ModelPredictorTests
{
    private readonly MLContext _ml = new(1);
    private ColourImages _images = null!;
    private string _file = "";

    [SetUp]
    public void Save()
    {
        _images = new ColourImages(12);
        _file = Path.Combine(_images.Folder, "model.ftm");
        Save(2);
    }

    [TearDown]
    public void Remove() => _images.Dispose();

    [Test, CancelAfter(60_000)]
    public void Predict_FourThreads_AnswerAsOne()
    {
        using var predictor = new ModelPredictor<PathRow, FeatureRow>(_file);
        var expected = _images.Paths.Select(path => predictor.Predict(new PathRow { ImagePath = path }).Features).ToList();
        var wrong = 0;
        var callers = Enumerable.Range(0, 4).Select(caller => new Thread(() =>
        {
            for (var call = 0; call < 60; call++)
            {
                var image = ((caller * 5) + call) % expected.Count;
                if (!predictor.Predict(new PathRow { ImagePath = _images.Paths[image] }).Features.SequenceEqual(expected[image]))
                    Interlocked.Increment(ref wrong);
            }
        })).ToList();
        callers.ForEach(caller => caller.Start());
        callers.ForEach(caller => caller.Join());
        Assert.That(wrong, Is.Zero);
        Assert.That(expected[3], Is.EqualTo(ColourImages.Expected(3)).Within(1e-6));
    }

    [Test]
    public void Predict_MissingFile_IsAnErrorAndTheNextIsRight()
    {
        using var predictor = new ModelPredictor<PathRow, FeatureRow>(_file);
        Assert.That(() => predictor.Predict(new PathRow { ImagePath = "missing.png" }), Throws.TypeOf<BadInputException>().With.Message.Contains("no such file"));
        Assert.That(predictor.Predict(new PathRow { ImagePath = _images.Paths[1] }).Features, Is.EqualTo(ColourImages.Expected(1)).Within(1e-6));
    }

    [Test]
    public void ReloadIfChanged_NewFile_AnswersByIt()
    {
        using var predictor = new ModelPredictor<PathRow, FeatureRow>(_file);
        Assert.That(predictor.ReloadIfChanged(), Is.False, "nothing changed");
        Save(5);
        Assert.That(predictor.ReloadIfChanged(), Is.True);
        Assert.That(predictor.Predict(new PathRow { ImagePath = _images.Paths[0] }).Features[2], Is.EqualTo(6).Within(1e-5));
    }

    [Test, CancelAfter(60_000)]
    public void Predict_NewFile_IsTakenUpByItself(CancellationToken stop)
    {
        using var predictor = new ModelPredictor<PathRow, FeatureRow>(_file, new ModelPredictorOptions { CheckInterval = TimeSpan.Zero });
        Save(5);
        while (Math.Abs(predictor.Predict(new PathRow { ImagePath = _images.Paths[0] }).Features[2] - 6) > 1e-5)
        {
            stop.ThrowIfCancellationRequested();
            Thread.Sleep(5);
        }
    }

    [Test]
    public void ReloadIfChanged_BrokenFile_KeepsTheOldModelAndSaysSo()
    {
        var log = new Errors();
        using var predictor = new ModelPredictor<PathRow, FeatureRow>(_file, new ModelPredictorOptions { Services = FeatureTransferServices.Default with { Logger = log } });
        File.WriteAllText(_file, "half a file");
        Assert.That(predictor.ReloadIfChanged(), Is.False);
        Assert.That(predictor.Predict(new PathRow { ImagePath = _images.Paths[1] }).Features, Is.EqualTo(ColourImages.Expected(1)).Within(1e-6));
        Assert.That(log.Lines.Single(), Does.Contain("model.ftm").And.Contain("old one goes on"));
        Assert.That(predictor.ReloadIfChanged(), Is.False);
        Assert.That(log.Lines, Has.Count.EqualTo(1), "it is told of once");
    }

    [Test]
    public void AddFeatureTransferPredictor_Host_GivesOnePredictor()
    {
        var services = new Microsoft.Extensions.DependencyInjection.ServiceCollection();
        services.AddFeatureTransferPredictor<PathRow, FeatureRow>(_file);
        var service = services.Single();
        Assert.That(service.ServiceType, Is.EqualTo(typeof(ModelPredictor<PathRow, FeatureRow>)));
        Assert.That(service.Lifetime, Is.EqualTo(Microsoft.Extensions.DependencyInjection.ServiceLifetime.Singleton));
        using var predictor = (ModelPredictor<PathRow, FeatureRow>)service.ImplementationFactory!(new NoServices());
        Assert.That(predictor.Predict(new PathRow { ImagePath = _images.Paths[1] }).Features, Has.Length.EqualTo(3));
    }

    [Test]
    public void Predict_AfterDispose_IsAnError()
    {
        var predictor = new ModelPredictor<PathRow, FeatureRow>(_file);
        predictor.Dispose();
        Assert.That(() => predictor.Predict(new PathRow { ImagePath = _images.Paths[1] }), Throws.TypeOf<ObjectDisposedException>());
    }

    private void Save(float factor)
    {
        SmallModels.Colours(factor).Save(_images.Backbone);
        var rows = _ml.Data.LoadFromEnumerable(new[] { new PathRow() });
        using var extraction = _ml.Transforms.ExtractFeatures(_images.Options).Fit(rows);
        _ml.Model.SaveBundle(extraction, rows.Schema, _file);

        // File systems may tell times in steps of seconds.
        File.SetLastWriteTimeUtc(_file, new DateTime(2026, 1, (int)factor, 0, 0, 0, DateTimeKind.Utc));
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }

    private sealed class Errors : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error)
                Lines.Add(formatter(state, exception));
        }
    }

    private sealed class PathRow
    {
        public string ImagePath { get; set; } = "";
    }

    private sealed class FeatureRow
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }
}
