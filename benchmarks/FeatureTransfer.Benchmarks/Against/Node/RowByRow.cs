using System.Diagnostics;
using FeatureTransfer.Inputs.Images;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Benchmarks.Against.Node;

/// <summary>ML.NET's own way: LoadImages, ResizeImages, ExtractPixels, ApplyOnnxModel, one row a run.</summary>
internal static class RowByRow
{
    public static Contender Of(string modelPath, string input, string output, ImagePreprocessing preprocessing) =>
        new("one row a run (ApplyOnnxModel)", [new("as ML.NET does it", images => Run(Chain(modelPath, input, output, preprocessing), images, output))]);

    private static Func<IDataView, IDataView> Chain(string modelPath, string input, string output, ImagePreprocessing preprocessing)
    {
        var ml = new MLContext(1);
        var chain = ml.Transforms.LoadImages("Image", null, nameof(Row.Path))
            .Append(ml.Transforms.ResizeImages("Image", preprocessing.Width, preprocessing.Height))
            .Append(ml.Transforms.ExtractPixels(input, "Image", scaleImage: preprocessing.Scale))
            .Append(ml.Transforms.ApplyOnnxModel(output, input, modelPath));
        var fitted = chain.Fit(ml.Data.LoadFromEnumerable(Array.Empty<Row>()));
        return fitted.Transform;
    }

    private static double Run(Func<IDataView, IDataView> transform, IReadOnlyList<string> images, string output)
    {
        var rows = new MLContext(1).Data.LoadFromEnumerable(images.Select(path => new Row { Path = path }));
        var watch = Stopwatch.StartNew();
        var count = transform(rows).GetColumn<float[]>(output).Count();
        return count / watch.Elapsed.TotalSeconds;
    }

    private sealed class Row
    {
        public string Path { get; set; } = "";
    }
}
