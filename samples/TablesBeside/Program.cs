using FeatureTransfer;
using Microsoft.ML;
using Microsoft.ML.Data;

// A table with the columns picture (a path, from the current folder), description, brand, price and category: products.csv
var ml = new MLContext(seed: 1);
var rows = ml.Data.LoadFromTextFile<Product>(args[0], new TextLoader.Options { Separators = [','], HasHeader = true, AllowQuoting = true });
var products = ml.Data.TrainTestSplit(rows, testFraction: 0.2);

// Each block of columns is made and normalized by itself, so that none drowns the others; then they stand side by side.
var model = ml.Transforms.ExtractFeatures("Picture", nameof(Product.ImagePath), "resnet_18.mlnet")
    .Append(ml.Transforms.ExtractFeatures("Words", nameof(Product.Description), "minilm_l6.sbert"))
    .Append(ml.Transforms.Categorical.OneHotEncoding("Brands", nameof(Product.Brand)))
    .Append(ml.Transforms.Concatenate("Numbers", nameof(Product.Price)))
    .Append(ml.Transforms.Conversion.MapValueToKey("Label"))
    .Append(ml.Transforms.NormalizeMeanVariance("Picture", fixZero: false))
    .Append(ml.Transforms.NormalizeMeanVariance("Words", fixZero: false))
    .Append(ml.Transforms.NormalizeMeanVariance("Numbers", fixZero: false))
    .Append(ml.Transforms.Concatenate("Features", "Picture", "Words", "Brands", "Numbers"))
    .AppendInMemory(ml, ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(l1Regularization: 0, l2Regularization: 30))
    .Append(ml.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel"))
    .Fit(products.TrainSet);
Console.WriteLine($"accuracy {ml.MulticlassClassification.Evaluate(model.Transform(products.TestSet)).MicroAccuracy:0.000}");

// Saved with both backbones, loaded anywhere, asked about one product.
ml.Model.SaveBundle(model, products.TrainSet.Schema, "products.ftm");
var loaded = ml.Model.LoadBundle("products.ftm", out var schema);
using var engine = ml.Model.CreatePredictionEngine<Product, Prediction>(loaded, schema);
var first = ml.Data.CreateEnumerable<Product>(products.TestSet, reuseRowObject: false).First();
Console.WriteLine($"{first.Description}: {engine.Predict(first).Answer}");

internal sealed class Product
{
    [LoadColumn(0)]
    public string ImagePath { get; set; } = "";

    [LoadColumn(1)]
    public string Description { get; set; } = "";

    [LoadColumn(2)]
    public string Brand { get; set; } = "";

    [LoadColumn(3)]
    public float Price { get; set; }

    [LoadColumn(4)]
    public string Label { get; set; } = "";
}

internal sealed class Prediction
{
    public string Answer { get; set; } = "";
}
