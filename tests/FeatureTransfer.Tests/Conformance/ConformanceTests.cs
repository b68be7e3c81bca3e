using Microsoft.ML;

namespace FeatureTransfer.Tests.Conformance;

/// <summary>What holds for every estimator and transformer of ours.</summary>
[TestFixtureSource(typeof(Subjects), nameof(Subjects.All))]
internal sealed class ConformanceTests(Subject subject)
{
    private readonly RejectedRowCollector _rejected = new();
    private ConformanceData _data = null!;
    private IDataView _rows = null!;
    private IEstimator<ITransformer> _estimator = null!;
    private ITransformer _model = null!;
    private float[][] _answers = null!;

    private FeatureTransferServices Services => FeatureTransferServices.Default with { Rejected = _rejected };

    [OneTimeSetUp]
    public void Fit()
    {
        _data = new ConformanceData();
        _rows = _data.Rows();
        _estimator = subject.Create(_data, Services);
        _model = _estimator.Fit(_rows);
        _answers = Answers.Batch(_model.Transform(_rows), subject.Output);
    }

    [OneTimeTearDown]
    public void Remove()
    {
        (_model as IDisposable)?.Dispose();
        _data.Dispose();
    }

    [Test]
    public void Fit_Model_IsOfTheTypeThatIsListed() => Assert.That(_model, Is.TypeOf(subject.Transformer));

    [Test]
    public void Fit_Twice_GivesTheSame()
    {
        using var again = Owned(_estimator.Fit(_rows));
        Assert.That(Answers.Batch(again.Model.Transform(_rows), subject.Output), Is.EqualTo(_answers));
    }

    [Test]
    public void Fit_Settings_StayAsTheyWere()
    {
        var estimator = subject.Create(_data, Services);
        var before = Settings(estimator);
        using var model = Owned(estimator.Fit(_rows));
        Assert.That(Settings(estimator), Is.EqualTo(before).And.Not.Empty);
    }

    [Test]
    public void Fit_WithoutTheInputColumn_FailsBeforeRowsAreRead()
    {
        var without = new MLContext(1).Transforms.DropColumns(subject.Input).Fit(_rows).Transform(_rows);
        Assert.That(() => subject.Create(_data, Services).Fit(new UnreadView(without.Schema)), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains(subject.Input));
    }

    [Test]
    public void GetOutputSchema_WithoutTheInputColumn_NamesIt()
    {
        var without = new MLContext(1).Transforms.DropColumns(subject.Input).Fit(_rows).Transform(_rows);
        Assert.That(() => _estimator.GetOutputSchema(Shapes.Of(without.Schema)), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains(subject.Input));
        Assert.That(() => _model.Transform(new UnreadView(without.Schema)), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains(subject.Input));
    }

    [Test]
    public void GetOutputSchema_OfEstimatorAndTransformer_Agree()
    {
        var promised = _estimator.GetOutputSchema(Shapes.Of(_rows.Schema)).ToDictionary(column => column.Name, column => (column.Kind, column.ItemType, column.IsKey));
        var given = Shapes.Of(_model.GetOutputSchema(_rows.Schema)).ToDictionary(column => column.Name, column => (column.Kind, column.ItemType, column.IsKey));
        Assert.That(promised, Is.EquivalentTo(given));
    }

    [Test]
    public void GetRowToRowMapper_SingleRows_GiveWhatTheBatchGives() => Assert.That(Answers.OneByOne(_model, _rows, subject.Output), Is.EqualTo(_answers));

    [Test]
    public void Save_BothReadersOfTheFile_GiveTheSame()
    {
        var ml = new MLContext(1);
        var path = Path.Combine(_data.Folder, "model.ftm");
        ml.Model.SaveBundle(_model, _rows.Schema, path);
        var own = ml.Model.LoadBundle(path, out var ownSchema);
        var builtIn = ml.Model.Load(path, out var builtInSchema);
        Assert.Multiple(() =>
        {
            Assert.That(ownSchema.Select(column => column.Name), Is.EqualTo(builtInSchema.Select(column => column.Name)));
            Assert.That(Answers.Batch(own.Transform(_rows), subject.Output), Is.EqualTo(_answers));
            Assert.That(Answers.Batch(builtIn.Transform(_rows), subject.Output), Is.EqualTo(_answers));
        });
        (own as IDisposable)?.Dispose();
        (builtIn as IDisposable)?.Dispose();
    }

    [Test]
    public void Transform_RowsThatCannotBeRead_AreLeftOutAndCounted()
    {
        if (!subject.ReadsImages)
            return;
        var rejected = new RejectedRowCollector();
        using var model = Owned(subject.Create(_data, Services with { Rejected = rejected }).Fit(_rows));
        Assert.That(Answers.Batch(model.Model.Transform(_data.Rows(bad: 2)), subject.Output), Is.EqualTo(_answers));
        Assert.That(rejected.Rows.Select(row => Path.GetFileName(row.Input)), Is.EquivalentTo(new[] { "bad-0.png", "bad-1.png" }));
    }

    [Test]
    public void Fit_RowsThatCannotBeRead_AreCounted()
    {
        if (!subject.Learns || !subject.ReadsImages)
            return;
        var rejected = new RejectedRowCollector();
        using var model = Owned(subject.Create(_data, Services with { Rejected = rejected }).Fit(_data.Rows(bad: 2)));
        Assert.That(rejected.Rows.Select(row => Path.GetFileName(row.Input)), Is.EquivalentTo(new[] { "bad-0.png", "bad-1.png" }));
    }

    [Test]
    public void Cancellation_StopsTheWork()
    {
        if (!subject.ReadsImages)
            return;
        var stopped = Services with { Cancellation = new CancellationToken(canceled: true) };
        Assert.That(
            () =>
            {
                using var model = Owned(subject.Create(_data, stopped).Fit(_rows));
                Answers.Batch(model.Model.Transform(_rows), subject.Output);
            },
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Dispose_Model_IsOfNoFurtherUse()
    {
        if (!subject.ReadsImages)
            return;
        var model = _estimator.Fit(_rows);
        if (ReferenceEquals(model, _model))
            model = subject.Create(_data, Services).Fit(_rows);
        ((IDisposable)model).Dispose();
        Assert.That(() => Answers.Batch(model.Transform(_rows), subject.Output), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(((IDisposable)model).Dispose, Throws.Nothing, "disposing twice is allowed");
    }

    [Test]
    public void Transform_TwoThreads_GiveTheAnswersOfOne()
    {
        var answers = new float[2][][];
        Parallel.For(0, 2, thread => answers[thread] = Answers.Batch(_model.Transform(_rows), subject.Output));
        Assert.That(answers, Is.All.EqualTo(_answers));
    }

    private static string Settings(object estimator) => estimator.GetType().GetProperty("Options")?.GetValue(estimator)?.ToString() ?? "";

    private OwnedModel Owned(ITransformer model) => new(model, ReferenceEquals(model, _model));

    /// <summary>A model that is freed at the end of a test, unless fitting gave the one that the other tests use.</summary>
    private sealed record OwnedModel(ITransformer Model, bool IsShared) : IDisposable
    {
        public void Dispose()
        {
            if (!IsShared)
                (Model as IDisposable)?.Dispose();
        }
    }
}
