using FeatureTransfer;
using Microsoft.ML;

// One folder a class: photos/cat/1.jpg, photos/dog/2.jpg, ...
var files = Directory.GetFiles(args[0], "*.jpg", SearchOption.AllDirectories);
var rows = files.Select(file => new Photo { ImagePath = file, Label = Directory.GetParent(file)!.Name });

var ml = new MLContext(seed: 1);
var photos = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(rows), testFraction: 0.2);

// A frozen ResNet-18 turns images into features, and a linear classifier learns on them.
var model = ml.Transforms.ExtractFeatures("Features", "ImagePath", "resnet_18.mlnet")
    .Append(ml.Transforms.Conversion.MapValueToKey("Label"))
    .Append(ml.Transforms.NormalizeMeanVariance("Features"))
    .AppendInMemory(ml, ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(l1Regularization: 0, l2Regularization: 10))
    .Append(ml.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel"))
    .Fit(photos.TrainSet);
var metrics = ml.MulticlassClassification.Evaluate(model.Transform(photos.TestSet));
Console.WriteLine($"accuracy {metrics.MicroAccuracy:0.000}");

// Saved with its backbone, loaded anywhere, asked about one image.
ml.Model.SaveBundle(model, photos.TrainSet.Schema, "photos.ftm");
var loaded = ml.Model.LoadBundle("photos.ftm", out var schema);
using var engine = ml.Model.CreatePredictionEngine<Photo, Prediction>(loaded, schema);
Console.WriteLine($"{files[0]}: {engine.Predict(new Photo { ImagePath = files[0] }).Answer}");

internal sealed class Photo
{
    public string ImagePath { get; set; } = "";

    public string Label { get; set; } = "";
}

internal sealed class Prediction
{
    public string Answer { get; set; } = "";
}
