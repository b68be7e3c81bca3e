using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

// ModelReader MODEL COLUMN IMAGE...: the values of a column for each image, as the bits of floats, one line an image.
var ml = new MLContext();
var model = ml.Model.Load(args[0], out _);
var rows = ml.Data.LoadFromEnumerable(args.Skip(2).Select(path => new ImageRow { ImagePath = path }));
foreach (var values in model.Transform(rows).GetColumn<float[]>(args[1]))
    Console.WriteLine(string.Join(" ", values.Select(value => BitConverter.SingleToInt32Bits(value).ToString("x8", CultureInfo.InvariantCulture))));
(model as IDisposable)?.Dispose();

internal sealed class ImageRow
{
    public string ImagePath { get; set; } = "";

    // The chain maps the label too, which nobody knows when it predicts.
    public string Shade { get; set; } = "";
}
