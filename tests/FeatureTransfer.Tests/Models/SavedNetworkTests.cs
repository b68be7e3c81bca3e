using FeatureTransfer.FineTuning;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Models;

/// <summary>Tuned networks of every task, saved and loaded by both readers.</summary>
public class SavedNetworkTests
{
    private readonly MLContext _ml = new(1);
    private readonly StripedImages _images = new(30);

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [Test]
    public void Load_Classes_GivesScoresKeysAndNamesBeyondAscii()
    {
        var rows = _images.Rows.Select(row => new StripeRow { ImagePath = row.ImagePath, Class = $"ä {row.Class} 縞" });
        var view = StripedImages.Keyed(rows);
        using var tuned = _ml.MulticlassClassification.Trainers.FineTune(Options).Fit(view);
        AssertSame(tuned, view, model =>
        {
            var scored = _ml.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel").Fit(model.Transform(view)).Transform(model.Transform(view));
            VBuffer<ReadOnlyMemory<char>> slots = default;
            scored.Schema["Score"].GetSlotNames(ref slots);
            var metrics = _ml.MulticlassClassification.Evaluate(scored);
            return [scored.GetColumn<float[]>("Score").SelectMany(score => score), scored.GetColumn<uint>("PredictedLabel"), scored.GetColumn<string>("Answer"), slots.DenseValues().Select(name => name.ToString()), metrics.MicroAccuracy, metrics.LogLoss];
        });
        Assert.That(tuned.Labels[0], Is.EqualTo("ä level 縞"));
        var best = tuned.Transform(view).GetColumn<float[]>("Score").Select(score => (uint)Array.IndexOf(score, score.Max()) + 1);
        Assert.That(tuned.Transform(view).GetColumn<uint>("PredictedLabel"), Is.EqualTo(best), "keys count from 1");
    }

    [Test]
    public void Load_YesAndNo_GivesScoreProbabilityAndAnswer()
    {
        var view = StripedImages.Keyed(_images.Rows);
        using var tuned = _ml.BinaryClassification.Trainers.FineTune(Options with { LabelColumnName = "IsLevel" }).Fit(view);
        AssertSame(tuned, view, model =>
        {
            var scored = model.Transform(view);
            return [scored.GetColumn<float>("Score"), scored.GetColumn<float>("Probability"), scored.GetColumn<bool>("PredictedLabel"), _ml.BinaryClassification.Evaluate(scored, "IsLevel").Accuracy];
        });
    }

    [Test]
    public void Load_SeveralLabels_GivesScoresAndAnswers()
    {
        var view = StripedImages.Keyed(_images.Rows);
        using var tuned = _ml.BinaryClassification.Trainers.FineTune(Options with { LabelColumnName = "Several" }).Fit(view);
        AssertSame(tuned, view, model =>
        {
            var scored = model.Transform(view);
            return [scored.GetColumn<float[]>("Score").SelectMany(score => score), scored.GetColumn<bool[]>("PredictedLabel").SelectMany(answer => answer), scored.Schema["Score"].HasSlotNames(), scored.Schema["PredictedLabel"].HasSlotNames()];
        });
    }

    [Test]
    public void Load_Numbers_GivesTheNumber()
    {
        var view = StripedImages.Keyed(_images.Rows);
        using var tuned = _ml.Regression.Trainers.FineTune(Options with { LabelColumnName = "Amount" }).Fit(view);
        AssertSame(tuned, view, model => [model.Transform(view).GetColumn<float>("Score")]);
    }

    [Test]
    public void ContinueFrom_ModelFile_FindsTheNetwork()
    {
        var view = StripedImages.Keyed(_images.Rows);
        using var tuned = _ml.MulticlassClassification.Trainers.FineTune(Options).Fit(view);
        var path = _images.PathOf("continued.ftm");
        _ml.Model.SaveBundle(new TransformerChain<ITransformer>(tuned), view.Schema, path);
        Assert.That(SavedModels.Load(path).ToBytes(), Is.EqualTo(tuned.Model.ToBytes()));
    }

    private FineTuneOptions Options => _images.Options with { Epochs = 1, HeadEpochs = 2, AlwaysKeepTuned = true };

    private void AssertSame(FineTunedTransformer tuned, IDataView view, Func<ITransformer, object?[]> read)
    {
        var path = _images.PathOf($"{tuned.Task}.ftm");
        _ml.Model.SaveBundle(tuned, view.Schema, path);
        var expected = read(tuned);
        var (loaded, ours) = (_ml.Model.Load(path, out _), _ml.Model.LoadBundle(path, out _));
        using var sessions = (IDisposable)loaded;
        using var own = (FineTunedTransformer)ours;
        Assert.That(read(loaded), Is.EqualTo(expected));
        Assert.That(read(own), Is.EqualTo(expected));
        foreach (var column in tuned.GetOutputSchema(view.Schema).Skip(view.Schema.Count).Where(column => !column.IsHidden))
            Assert.That(loaded.GetOutputSchema(view.Schema)[column.Name].Type, Is.EqualTo(column.Type), column.Name);
    }
}
