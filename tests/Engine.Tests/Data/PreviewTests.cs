using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Data;

[TestFixture]
public class PreviewTests
{
    private readonly MLContext _ml = new(1);

    [Test]
    public void Preview_Estimator_IsFittedOnTheFirstRows()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(1, 10).Select(i => new Row { A = i }).ToArray());

        var preview = _ml.Transforms.NormalizeMinMax("N", "A").Preview(data, maxRows: 4, maxTrainingRows: 2);

        // Of the two first rows the largest value is 2.
        Assert.That(preview.ColumnView.Single(c => c.Column.Name == "N").Values, Is.EqualTo(new object[] { 0.5f, 1f, 1.5f, 2f }));
    }

    [Test]
    public void Preview_Loader_ShowsTheFirstRowsOfTheSource()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.txt");
        File.WriteAllLines(path, ["1", "2", "3"]);
        try
        {
            var loader = _ml.Data.CreateTextLoader([new TextLoader.Column("A", DataKind.Single, 0)]);

            var preview = loader.Preview(new MultiFileSource(path), maxRows: 2);

            Assert.That(preview.RowView.Select(r => r.Values.Single().Value), Is.EqualTo(new object[] { 1f, 2f }));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed class Row
    {
        public float A { get; set; }
    }
}
