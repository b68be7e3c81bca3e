using FeatureTransfer;
using Microsoft.ML;

// A folder of class folders: photos/cat/1.jpg, photos/dog/2.jpg, ...
var folder = args is [var path, ..] ? path : throw new ArgumentException("Name a folder that holds one folder a class: dotnet run -- photos");
var rows = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
    .Select(file => new Photo { ImagePath = file, Label = Path.GetFileName(Path.GetDirectoryName(file))! });

var ml = new MLContext(seed: 1);
var photos = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(rows), testFraction: 0.2);

var chain = ml.Transforms.ExtractFeatures("Features", "ImagePath", "mobilenet_v2.nsfwjs", layers: ["block_8", "block_13"])
    .Append(ml.Transforms.Conversion.MapValueToKey("Label"))
    .Append(ml.Transforms.NormalizeMeanVariance("Features"))
    .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(l1Regularization: 0, l2Regularization: 10))
    .Append(ml.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel"));

var model = chain.Fit(photos.TrainSet);
var metrics = ml.MulticlassClassification.Evaluate(model.Transform(photos.TestSet));
Console.WriteLine($"accuracy {metrics.MicroAccuracy:0.000}");
Console.WriteLine(metrics.ConfusionMatrix.GetFormattedConfusionTable());

ml.Model.SaveBundle(model, photos.TrainSet.Schema, "photos.ftm");

var opened = ml.Model.LoadBundle("photos.ftm", out var schema);
using var engine = ml.Model.CreatePredictionEngine<Photo, Prediction>(opened, schema);
Console.WriteLine(engine.Predict(new Photo { ImagePath = rows.First().ImagePath }).Answer);

/// <summary>One image and what it shows.</summary>
internal sealed class Photo
{
    public string ImagePath { get; set; } = "";

    public string Label { get; set; } = "";
}

/// <summary>What the model says of one.</summary>
internal sealed class Prediction
{
    public string Answer { get; set; } = "";
}
