using FeatureTransfer.FineTuning;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.FineTuning;

/// <summary>Fine-tuning with rows of a target whose labels are not read.</summary>
public class DomainAlignmentTests
{
    private readonly StripedImages _images = new(72);
    private List<StripeRow> _rows = [];

    // The target: the same stripes, pale.
    [OneTimeSetUp]
    public void MakeTarget()
    {
        _rows = [.. _images.Rows.Select((row, i) => i % 2 == 0 ? Of(row, row.ImagePath, "drawn") : Of(row, Pale(row, i), "pale")).OrderBy(row => row.Style)];

        static StripeRow Of(StripeRow row, string path, string style) => new() { ImagePath = path, Class = row.Class, IsLevel = row.IsLevel, Style = style };
    }

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [Test]
    public void Fit_LabelsOfTheTarget_AreNotRead([Values(DomainAlignmentMethod.Adversarial, DomainAlignmentMethod.Coral, DomainAlignmentMethod.MeanDiscrepancy)] DomainAlignmentMethod method)
    {
        var wrong = _rows.ConvertAll(row => row.Style == "drawn" ? row : new StripeRow { ImagePath = row.ImagePath, Class = StripedImages.Classes[(Array.IndexOf(StripedImages.Classes, row.Class) + 1) % 3], Style = row.Style });
        using var tuned = Fit(_rows, method);
        using var mistaken = Fit(wrong, method);
        using var plain = Fit(_rows.FindAll(row => row.Style == "drawn"), DomainAlignmentMethod.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(mistaken.Model.ToBytes(), Is.EqualTo(tuned.Model.ToBytes()));
            Assert.That(tuned.Model.ToBytes(), Is.Not.EqualTo(plain.Model.ToBytes()), "the target teaches too");
            Assert.That((tuned.Summary!.TrainRows, tuned.Summary.ValidationRows), Is.EqualTo((plain.Summary!.TrainRows, plain.Summary.ValidationRows)), "the source alone is split and judged");
            Assert.That(tuned.Model.Proto.Graph.Initializer.Select(tensor => tensor.Name), Has.None.StartsWith("FeatureTransfer."));
        }
    }

    [Test]
    public void Fit_MeanDiscrepancy_BringsTheFeaturesOfBothTogether()
    {
        using var plain = Fit(_rows.FindAll(row => row.Style == "drawn"), DomainAlignmentMethod.None);
        using var aligned = Fit(_rows, DomainAlignmentMethod.MeanDiscrepancy, weight: 5);
        Assert.That(Apart(aligned), Is.LessThan(0.7 * Apart(plain)));
    }

    [Test]
    public void Fit_Interrupted_GoesOnAsIfItHadNotBeen()
    {
        var path = _images.PathOf("adversary.ckpt");
        using var whole = Fit(_rows, DomainAlignmentMethod.Adversarial);
        using var stop = new CancellationTokenSource();
        var options = Options(DomainAlignmentMethod.Adversarial) with { Checkpoint = new() { Path = path, EveryEpochs = 1 } };
        var progress = new Now(step => { if (step is { Phase: "tuning", Epoch: 3 }) stop.Cancel(); });
        using (Fit(_rows, options, FeatureTransferServices.Default with { Cancellation = stop.Token }, progress))
            Assert.That(File.Exists(path));
        using var resumed = Fit(_rows, options with { Checkpoint = new() { Path = path, EveryEpochs = 1, Resume = true } });
        Assert.That(resumed.Model.ToBytes(), Is.EqualTo(whole.Model.ToBytes()));
    }

    [Test]
    public void Fit_DomainThatNoRowHas_IsNamed() => Assert.That(
        () => Fit(_rows, Options(DomainAlignmentMethod.Coral) with { Alignment = new() { Method = DomainAlignmentMethod.Coral, DomainColumnName = "Style", Target = "photos" } }),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no row is of the domain 'photos' in column 'Style'"));

    [Test]
    public void Fit_Numbers_AreRefused() => Assert.That(
        () => new MLContext(1).Regression.Trainers.FineTune(Options(DomainAlignmentMethod.Coral) with { LabelColumnName = "Amount" }).Fit(new MLContext(1).Data.LoadFromEnumerable(_rows)),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("for one class a row, and Regression"));

    [TestCase(0, 16, "Alignment.Weight")]
    [TestCase(1, 15, "expected an even number")]
    public void Validate_OptionOutOfRange_IsNamed(double weight, int batch, string fault) => Assert.That(
        () => (Options(DomainAlignmentMethod.Coral) with { BatchSize = batch, Alignment = new() { Method = DomainAlignmentMethod.Coral, Weight = weight } }).Validate(),
        Throws.ArgumentException.With.Message.Contains(fault));

    private FineTuneOptions Options(DomainAlignmentMethod method, double weight = 0.1) => _images.Options with
    {
        Epochs = 6,
        LearningRate = 0.002,
        AlwaysKeepTuned = true,
        Alignment = new() { Method = method, DomainColumnName = "Style", Target = "pale", Weight = weight, Hidden = 8 },
    };

    private FineTunedTransformer Fit(IReadOnlyList<StripeRow> rows, DomainAlignmentMethod method, double weight = 0.1) => Fit(rows, Options(method, weight));

    private static FineTunedTransformer Fit(IReadOnlyList<StripeRow> rows, FineTuneOptions options, FeatureTransferServices? services = null, IProgress<FineTuneProgress>? progress = null) =>
        new MLContext(1).MulticlassClassification.Trainers.FineTune(options, services, progress).Fit(StripedImages.Keyed(rows));

    // The squared distance of the domains' mean features, by their variance.
    private double Apart(FineTunedTransformer tuned)
    {
        var path = _images.PathOf($"{Guid.NewGuid():N}.onnx");
        tuned.SaveOnnx(path);
        var ml = new MLContext(1);
        var view = ml.Data.LoadFromEnumerable(_rows);
        using var features = ml.Transforms.ExtractFeatures(new() { Backbone = path, Layers = ["flat"], UseCache = false, Preprocessing = ((ImagePreparation)tuned.Preparation).Preprocessing }).Fit(view);
        var values = features.Transform(view).GetColumn<float[]>("Features").ToList();
        return Enumerable.Range(0, values[0].Length).Average(i =>
        {
            var (drawn, pale) = (Of("drawn", i), Of("pale", i));
            var (first, second) = (drawn.Average(), pale.Average());
            return (first - second) * (first - second) / (1e-6 + drawn.Average(value => (value - first) * (value - first)) + pale.Average(value => (value - second) * (value - second)));
        });

        List<double> Of(string style, int i) => [.. values.Where((_, row) => _rows[row].Style == style).Select(row => (double)row[i])];
    }

    private string Pale(StripeRow row, int index)
    {
        var path = _images.PathOf($"pale{index}.png");
        using var image = NetVips.Image.NewFromFile(row.ImagePath);
        using var pale = image.Linear([0.5], [110.0]).Cast(NetVips.Enums.BandFormat.Uchar);
        pale.WriteToFile(path);
        return path;
    }

    private sealed class Now(Action<FineTuneProgress> report) : IProgress<FineTuneProgress>
    {
        public void Report(FineTuneProgress value) => report(value);
    }
}
