using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Extraction;

public class RejectedRowsTests
{
    [Test]
    public void WithRejectedRows_CallsOfManyThreads_KeepTheirRowsApart()
    {
        using var images = new ColourImages(4);
        var ml = new MLContext(1);
        using var model = ml.Transforms.ExtractFeatures(images.Options).Append(ml.Transforms.NormalizeMinMax("Features")).Fit(Rows(ml, images.Paths));
        Parallel.For(0, 16, i =>
        {
            var rejected = new RejectedRowCollector();
            var rows = Rows(ml, [$"missing {i}.png", images.Paths[0], images.Paths[3]]);
            Assert.That(model.WithRejectedRows(rejected).Transform(rows).GetColumn<float[]>("Features").Count(), Is.EqualTo(2));
            Assert.That(rejected.Rows.Single().Input, Is.EqualTo($"missing {i}.png"));
        });
    }

    private static IDataView Rows(MLContext ml, IEnumerable<string> paths) => ml.Data.LoadFromEnumerable(paths.Select(path => new PathRow { ImagePath = path }));

    private sealed class PathRow
    {
        public string ImagePath { get; set; } = "";
    }
}
