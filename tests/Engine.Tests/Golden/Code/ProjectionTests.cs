using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Golden.Code;

/// <summary>Projections onto principal components: facts that do not depend on the components' signs.</summary>
[TestFixture]
public class ProjectionTests() : CodeCases("projection")
{
    [TestCase("pca-d1-rank-3", "D1", 3, true, 20)]
    [TestCase("pca-d1-rank-3-no-mean", "D1", 3, false, 20)]
    [TestCase("pca-d1-rank-8", "D1", 8, true, 20)]
    [TestCase("pca-d7-rank-5", "D7", 5, true, 20)]
    [TestCase("pca-d7-rank-5-oversampling-0", "D7", 5, true, 0)]
    [TestCase("pca-d6-rank-2", "D6", 2, true, 20)]
    public void ProjectToPrincipalComponents_DataOfTheFile_SpansTheSameSpace(string id, string data, int rank, bool mean, int over) =>
        Agree(id, ml => Unsigned(id, Subspace(ml, data, rank, mean, over)));

    [TestCase("pca-d1-rank-3", "D1", 3, 20)]
    [TestCase("pca-d1-rank-8", "D1", 8, 20)]
    public void ProjectToPrincipalComponents_AllDirectionsFollowed_DiffersByRoundingAlone(string id, string data, int rank, int over)
    {
        var comparison = new Comparison(1e-4, 1e-4);
        comparison.Compare("result", GoldenFiles.Case(Group, id).GetProperty("result"), Unsigned(id, Subspace(new MLContext(1), data, rank, true, over)));

        Assert.That(comparison.Differences, Is.Empty);
    }

    [TestCase("pca-d7-rank-5", 20)]
    [TestCase("pca-d7-rank-5-oversampling-0", 0)]
    public void ProjectToPrincipalComponents_FewDirectionsFollowed_KeepsMoreOfTheVariance(string id, int over)
    {
        double kept = GoldenFiles.Case(Group, id).GetProperty("result").GetProperty("meanSquareOfComponent").EnumerateArray().Sum(v => v.GetDouble());

        double ours = ((List<object?>)Subspace(new MLContext(1), "D7", 5, true, over)["meanSquareOfComponent"]!).Sum(v => (double)v!);

        Assert.That(ours, Is.GreaterThanOrEqualTo(kept));
    }

    private static Dictionary<string, object?> Subspace(MLContext ml, string data, int rank, bool mean, int over)
    {
        var input = Load(data, ml);
        var view = ml.Transforms.ProjectToPrincipalComponents("P", "Features", rank: rank, overSampling: over, ensureZeroMean: mean, seed: 5)
            .Fit(input).Transform(input);
        var rows = view.GetColumn<float[]>("P").Select(r => Array.ConvertAll(r, v => (double)v)).ToArray();
        return new()
        {
            ["schema"] = Dump.Schema(view.Schema).Where((_, i) => view.Schema[i].Name == "P").ToList(),
            ["meanOfComponent"] = List(Enumerable.Range(0, rank).Select(k => rows.Average(r => r[k]))),
            ["meanSquareOfComponent"] = List(Enumerable.Range(0, rank).Select(k => rows.Average(r => r[k] * r[k]))),
            ["squaredLengthOfFirstRows"] = List(rows.Take(12).Select(r => Dot(r, r))),
            ["dotProductsOfFirstFiveRows"] = rows.Take(5).Select(a => (object?)List(rows.Take(5).Select(b => Dot(a, b)))).ToList(),
            ["absoluteValuesOfFirstRows"] = rows.Take(6).Select(r => (object?)List(r.Select(Math.Abs))).ToList(),
        };
    }

    // The file has means with the signs that its components happen to have.
    private Dictionary<string, object?> Unsigned(string id, Dictionary<string, object?> facts)
    {
        var wanted = GoldenFiles.Case(Group, id).GetProperty("result").GetProperty("meanOfComponent").EnumerateArray();
        facts["meanOfComponent"] = List(((List<object?>)facts["meanOfComponent"]!).Zip(wanted, (v, w) => Math.CopySign((double)v!, w.GetDouble())));
        return facts;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static List<object?> List(IEnumerable<double> values) => [.. values.Cast<object?>()];
}
