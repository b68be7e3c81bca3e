using FeatureTransfer.Extraction;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Vision;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Conformance;

/// <summary>Rows that every estimator can read: small striped images, with a label of each kind.</summary>
internal sealed class ConformanceData : IDisposable
{
    private readonly StripedImages _images = new(30);

    public string Folder => _images.Folder;

    public ExtractFeaturesOptions Extraction => new() { Backbone = _images.Backbone, BatchSize = 4, UseCache = false };

    public OnnxImageClassificationOptions Classification => new() { Backbone = _images.Backbone, FeatureColumnName = "ImagePath", Epoch = 2, UseCache = false };

    public FineTuneOptions FineTuning(string label) => _images.Options with { LabelColumnName = label, HeadEpochs = 1, Epochs = 1, AlwaysKeepTuned = true };

    /// <summary>A model with a backbone of its own each time that it is fitted.</summary>
    public IEstimator<ITransformer> Classifier(int epochs) => new MLContext(1).MulticlassClassification.Trainers.FineTune(FineTuning("Label") with { HeadEpochs = epochs });

    /// <summary>The rows; those after them name a file that is no image.</summary>
    /// <param name="bad">How many of the latter.</param>
    public IDataView Rows(int bad = 0)
    {
        var rows = StripedImages.Keyed([.. _images.Rows, .. Enumerable.Range(0, bad).Select(Bad)]);
        return new MLContext(1).Transforms.Conversion.MapValueToKey("StyleKey", "Style").Fit(rows).Transform(rows);
    }

    public void Dispose() => _images.Dispose();

    private StripeRow Bad(int index)
    {
        var path = _images.PathOf($"bad-{index}.png");
        File.WriteAllText(path, "no image");
        return new StripeRow { ImagePath = path, Class = StripedImages.Classes[0], IsLevel = true, Several = [1, 1], Amount = 5 };
    }
}
