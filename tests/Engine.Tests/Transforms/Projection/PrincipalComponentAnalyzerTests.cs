using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Transforms.Projection;

/// <summary>Projections that the golden files do not have.</summary>
[TestFixture]
public class PrincipalComponentAnalyzerTests
{
    private readonly MLContext _ml = new(1);

    [Test]
    public void Fit_Weights_CountARowAsOftenAsItsWeightSays()
    {
        Row[] rows = [new(2, 1, 0, 2), new(-1, 3, 1, 1), new(0, -2, 2, 1), new(4, 0, -1, 3)];
        var repeated = rows.SelectMany(r => Enumerable.Repeat(r, (int)r.Weight)).ToArray();

        var weighted = Project(rows, "Weight", 2);
        var plain = Project(repeated, null, 2);

        Assert.That(weighted[0], Is.EqualTo(plain[0]).Within(1e-5));
    }

    [Test]
    public void Fit_RowsWithMissingValues_LeavesThemOut()
    {
        Row[] rows = [new(2, 1, 0), new(-1, 3, 1), new(0, -2, 2), new(4, 0, -1)];

        var all = Project([.. rows, new(float.NaN, 1, 1), new(float.PositiveInfinity, 0, 0)], null, 2);

        Assert.That(all.Take(4), Is.EqualTo(Project(rows, null, 2)).Within(1e-6));
        Assert.That(all[4], Is.All.NaN);
    }

    [Test]
    public void Fit_RowsOnALine_FindsNothingBesideIt()
    {
        var projected = Project([new(1, 2, 3), new(2, 4, 6), new(-1, -2, -3)], null, 3, center: false);

        Assert.That(projected.Select(p => Math.Abs(p[0])), Is.EqualTo(new[] { Math.Sqrt(14), 2 * Math.Sqrt(14), Math.Sqrt(14) }).Within(1e-5));
        Assert.That(projected.SelectMany(p => p.Skip(1)), Is.All.EqualTo(0).Within(1e-5));
    }

    [Test]
    public void Fit_SparseRows_GivesWhatDenseRowsGive()
    {
        Row[] dense = [new(2, 0, 0), new(0, 3, 0), new(0, -2, 1), new(4, 0, 0)];
        var sparse = dense.Select(r => r with { Features = new(3, 1, [r.Features.DenseValues().First(v => v != 0)], [r.Features.DenseValues().ToList().FindIndex(v => v != 0)]) }).ToArray();
        sparse[2] = dense[2];

        Assert.That(Project(sparse, null, 2), Is.EqualTo(Project(dense, null, 2)).Within(1e-6));
    }

    [Test]
    public void Fit_NoWholeRow_SaysSo() =>
        Assert.That(() => Project([new(float.NaN, 0, 0)], null, 1), Throws.InvalidOperationException.With.Message.Contains("missing"));

    [Test]
    public void Fit_SeveralSeeds_GivesOneProjection()
    {
        Row[] rows = [new(2, 1, 0), new(-1, 3, 1), new(0, -2, 2), new(4, 0, -1)];
        var view = View(rows);
        float[][] Fitted(int seed) => [.. _ml.Transforms.ProjectToPrincipalComponents("P", "Features", rank: 1, overSampling: 0, seed: seed)
            .Fit(view).Transform(view).GetColumn<float[]>("P")];

        Assert.That(Fitted(1), Is.EqualTo(Fitted(2)).Within(1e-4));
    }

    private float[][] Project(Row[] rows, string? weights, int rank, bool center = true)
    {
        var view = View(rows);
        var model = _ml.Transforms.ProjectToPrincipalComponents("P", "Features", weights, rank, ensureZeroMean: center, seed: 3).Fit(view);
        return [.. model.Transform(view).GetColumn<float[]>("P")];
    }

    private IDataView View(Row[] rows)
    {
        var definition = SchemaDefinition.Create(typeof(Row));
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3);
        return _ml.Data.LoadFromEnumerable(rows, definition);
    }

    private sealed record Row
    {
        public Row()
        {
        }

        public Row(float a, float b, float c, float weight = 1)
        {
            Features = new(3, [a, b, c]);
            Weight = weight;
        }

        public VBuffer<float> Features { get; set; }

        public float Weight { get; set; } = 1;
    }
}
